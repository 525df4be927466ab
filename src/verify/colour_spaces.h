// colour_spaces.h: what the colours that a file uses rest on, followed down to device spaces and profiles. ISO 32000-1, 8.6; the
// questions are those of ISO 19005-2, 6.2.4, and ISO 15930-7.
#pragma once

#include "verify/drawn.h"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace bifolio {

struct ColourFact {
    enum class Kind : std::uint8_t {
        device,               // a device space that no default space stands for
        bad_profile,          // an ICC profile that is broken, of a wrong class, space or version
        wrong_components,     // N is not the number of the profile's components
        many_colorants,       // DeviceN with more than 32
        undescribed_colorant, // a spot colour that the Colorants dictionary lacks
        differing_separation, // two spaces of one name with other alternates or tint transforms
        bad_name,             // a colorant's name is not UTF-8
        malformed,
    };
    Kind kind;
    DeviceSpace device = DeviceSpace::grey; // of `device`
    std::string what;
    ObjectId object;
    std::size_t page = 0;
};

class ColourExaminer {
public:
    explicit ColourExaminer(const PdfFile& file) : file_(file) {}

    void look_at_drawn(const Drawn& drawn);
    // A colour space as a value or a name, at its use by what `what` says (“a picture”).
    void look_at(const PdfObject& space, const PdfObject& resources, std::string_view what, ObjectId owner, std::size_t page);
    std::vector<ColourFact> take() { return std::move(facts_); }

private:
    struct Place {
        PdfObject resources;
        std::string what;
        ObjectId owner;
        std::size_t page = 0;
    };
    void follow(const PdfObject& space, const Place& place, int depth);
    void follow_array(const PdfObject& space, const Place& place, int depth);
    void look_at_device(DeviceSpace device, const Place& place, int depth);
    void look_at_profile(const PdfObject& space, const Place& place);
    void look_at_separation(const PdfObject& space, const Place& place, int depth);
    void look_at_device_n(const PdfObject& space, const Place& place, int depth);
    void add(ColourFact::Kind kind, std::string what, const Place& place, ObjectId object);

    const PdfFile& file_;
    std::vector<ColourFact> facts_;
    std::set<std::pair<const PdfValue*, const PdfValue*>> seen_; // space, resources
    std::set<std::tuple<DeviceSpace, const PdfValue*>> devices_; // with the default spaces of these resources
    std::set<const PdfValue*> profiles_;
    std::map<std::string, PdfObject> separations_; // the first of each name
    std::set<std::string> differing_;
};

// The same content, whichever objects hold it; compression is no difference. ISO 19005-2, 6.2.4.4.
bool have_same_content(const PdfObject& a, const PdfObject& b);

} // namespace bifolio
