// sink.h: where the bytes of a finished file go. write() throws IoError when they cannot go there.
#pragma once

#include <string>
#include <string_view>

namespace bifolio {

class Sink {
public:
    virtual ~Sink() = default;
    virtual void write(std::string_view bytes) = 0;
};

class StringSink final : public Sink {
public:
    void write(std::string_view bytes) override { bytes_.append(bytes); }
    const std::string& bytes() const { return bytes_; }
    std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

} // namespace bifolio
