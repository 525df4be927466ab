#include "write/pdf/post_pass.h"

#include "io/digest.h"
#include "write/pdf/pdf_document.h"

#define POINTERHOLDER_TRANSITION 4 // std::shared_ptr throughout
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>
#include <qpdf/QUtil.hh>
#include <qpdf/RandomDataProvider.hh>

#include <mutex>

namespace bifolio {

namespace {

// SHA-256 of a secret seed and a counter.
class SeededBytes final : public RandomDataProvider {
public:
    explicit SeededBytes(Sha256Digest seed) : seed_(seed) {}
    void provideRandomData(unsigned char* data, std::size_t size) override {
        for (std::size_t at = 0; at < size; ++at) {
            if (used_ == block_.size()) refill();
            data[at] = block_[used_++];
        }
    }

private:
    void refill() {
        Sha256 hash;
        const void* seed = seed_.data();
        hash.update({static_cast<const char*>(seed), seed_.size()});
        hash.update(std::to_string(counter_++));
        block_ = hash.digest();
        used_ = 0;
    }
    Sha256Digest seed_, block_{};
    std::size_t used_ = block_.size();
    std::uint64_t counter_ = 0;
};

class WithSeed { // libqpdf's source of chance, for as long as this lives
public:
    explicit WithSeed(RandomDataProvider& provider) { QUtil::setRandomDataProvider(&provider); }
    ~WithSeed() { QUtil::setRandomDataProvider(nullptr); }
    WithSeed(const WithSeed&) = delete;
    WithSeed& operator=(const WithSeed&) = delete;
};

Sha256Digest seed_of(const std::string& pdf, const EncryptionPlan* plan) {
    Sha256 hash;
    if (plan) {
        hash.update(plan->password + '\0');
        hash.update(plan->owner_password + '\0');
    }
    hash.update(pdf);
    return hash.digest();
}

std::string nobodys_password(SeededBytes& chance) {
    std::string out(32, '\0');
    for (char& c : out) {
        unsigned char byte = 0;
        chance.provideRandomData(&byte, 1);
        c = static_cast<char>('a' + byte % 26);
    }
    return out;
}

} // namespace

std::string post_pass(std::string pdf, const PostPass& pass) {
    if (!pass.wanted()) return pdf;
    static std::mutex guard;
    const std::lock_guard lock(guard);
    SeededBytes chance(seed_of(pdf, pass.encrypt));
    const WithSeed seeded(chance);
    try {
        QPDF document;
        document.setSuppressWarnings(true);
        document.processMemoryFile("the finished PDF", pdf.data(), pdf.size());
        QPDFWriter writer(document);
        writer.setOutputMemory();
        writer.setStreamDataMode(qpdf_s_preserve);
        writer.setObjectStreamMode(pass.object_streams ? qpdf_o_generate : qpdf_o_disable);
        writer.setNewlineBeforeEndstream(true); // PDF/A asks for it. ISO 19005-2, 6.1.7.1.
        writer.setLinearization(pass.linearise);
        if (pass.encrypt) {
            const EncryptionPlan& plan = *pass.encrypt;
            writer.setStaticID(
                true); // the second half of /ID; libqpdf would take the time of day into it; before the keys are made
            // An empty owner's password would open the file to everybody.
            const std::string owner = plan.owner_password.empty() ? nobodys_password(chance) : plan.owner_password;
            writer.setR6EncryptionParameters(plan.password.c_str(), owner.c_str(), true, plan.may_copy, plan.may_change,
                                             plan.may_change, plan.may_change, plan.may_change,
                                             plan.may_print ? qpdf_r3p_full : qpdf_r3p_none, true);
        } else {
            writer.setDeterministicID(true);
        }
        writer.write();
        const auto bytes = writer.getBufferSharedPointer();
        const void* data = bytes->getBuffer();
        return {static_cast<const char*>(data), bytes->getSize()};
    } catch (const std::bad_alloc&) { throw; } catch (const std::exception& error) {
        throw PdfError(std::string("libqpdf cannot read the finished PDF: ") + error.what());
    }
}

} // namespace bifolio
