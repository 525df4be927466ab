#include "verify/xmp_schemas.h"

#include "base/utf8.h"
#include "io/limits.h"

#include <algorithm>
#include <array>
#include <set>

namespace bifolio {

namespace {

using Kind = XmpSchemaFault::Kind;

constexpr std::string_view pdfa_type = "http://www.aiim.org/pdfa/ns/type#", pdfa_field = "http://www.aiim.org/pdfa/ns/field#";

// One predefined schema or structure: its namespace and “name type; name type; …”. Types are those of the XMP Specification, in
// lower case: “bag X”, “seq X”, “alt X”, “lang” for language alternatives, the name of a structure below. Of a closed choice only
// the type of its values is asked for, as other verifiers do: cameras and scanners write others than the specification lists.
struct Vocabulary {
    std::string_view name; // of a structure; empty: a schema
    std::string_view space;
    std::string_view entries;
};

constexpr Vocabulary vocabularies[]{
    {"", "http://purl.org/dc/elements/1.1/",
     "contributor bag text; coverage text; creator seq text; date seq date; description lang; format mimetype; identifier text; "
     "language bag locale; publisher bag text; relation bag text; rights lang; source text; subject bag text; title lang; type "
     "bag text"},
    {"", "http://ns.adobe.com/xap/1.0/",
     "Advisory bag text; BaseURL url; CreateDate date; CreatorTool text; Identifier bag text; Label text; MetadataDate date; "
     "ModifyDate date; Nickname text; Rating real; Thumbnails alt thumbnail"},
    {"", "http://ns.adobe.com/xap/1.0/rights/",
     "Certificate url; Marked boolean; Owner bag text; UsageTerms lang; WebStatement url"},
    {"", "http://ns.adobe.com/xap/1.0/mm/",
     "DerivedFrom resourceref; DocumentID uri; History seq resourceevent; InstanceID uri; ManagedFrom resourceref; Manager text; "
     "ManageTo uri; ManageUI uri; ManagerVariant text; RenditionClass text; RenditionParams text; VersionID text; Versions seq "
     "version; LastURL url; RenditionOf resourceref; SaveID integer"},
    {"", "http://ns.adobe.com/xap/1.0/bj/", "JobRef bag job"},
    {"", "http://ns.adobe.com/xap/1.0/t/pg/",
     "MaxPageSize dimensions; NPages integer; Fonts bag font; Colorants seq colorant; PlateNames seq text"},
    {"", "http://ns.adobe.com/xmp/1.0/DynamicMedia/",
     "projectRef projectlink; videoFrameRate text; videoFrameSize dimensions; videoPixelAspectRatio rational; videoPixelDepth "
     "text; videoColorSpace text; videoAlphaMode text; videoAlphaPremultipleColor colorant; videoAlphaUnityIsTransparent "
     "boolean; videoCompressor text; videoFieldOrder text; pullDown text; audioSampleRate integer; audioSampleType text; "
     "audioChannelType text; audioCompressor text; speakerPlacement text; fileDataRate rational; tapeName text; altTapeName "
     "text; startTimecode timecode; altTimecode timecode; duration time; scene text; shotName text; shotDate date; shotLocation "
     "text; logComment text; markers seq marker; contributedMedia bag media; absPeakAudioFilePath uri; relativePeakAudioFilePath "
     "uri; videoModDate date; audioModDate date; metadataModDate date; artist text; album text; trackNumber integer; genre text; "
     "copyright text; releaseDate date; composer text; engineer text; tempo real; instrument text; introTime time; outCue time; "
     "relativeTimestamp time; loop boolean; numberOfBeats real; key text; stretchMode text; timeScaleParams timescalestretch; "
     "resampleParams resamplestretch; beatSpliceParams beatsplicestretch; timeSignature text; scaleType text"},
    {"", "http://ns.adobe.com/pdf/1.3/", "Keywords text; PDFVersion text; Producer text"},
    {"", "http://ns.adobe.com/photoshop/1.0/",
     "AuthorsPosition text; CaptionWriter text; Category text; City text; Country text; Credit text; DateCreated date; Headline "
     "text; Instructions text; Source text; State text; SupplementalCategories bag text; TransmissionReference text; Urgency "
     "integer"},
    {"", "http://ns.adobe.com/camera-raw-settings/1.0/",
     "AutoBrightness boolean; AutoContrast boolean; AutoExposure boolean; AutoShadows boolean; BlueHue integer; BlueSaturation "
     "integer; Brightness integer; CameraProfile text; ChromaticAberrationB integer; ChromaticAberrationR integer; "
     "ColorNoiseReduction integer; Contrast integer; CropTop real; CropLeft real; CropBottom real; CropRight real; CropAngle "
     "real; CropWidth real; CropHeight real; CropUnits integer; Exposure real; GreenHue integer; GreenSaturation integer; "
     "HasCrop boolean; HasSettings boolean; LuminanceSmoothing integer; RawFileName text; RedHue integer; RedSaturation integer; "
     "Saturation integer; Shadows integer; ShadowTint integer; Sharpness integer; Temperature integer; Tint integer; ToneCurve "
     "seq text; ToneCurveName text; Version text; VignetteAmount integer; VignetteMidpoint integer; WhiteBalance text"},
    {"", "http://ns.adobe.com/tiff/1.0/",
     "ImageWidth integer; ImageLength integer; BitsPerSample seq integer; Compression integer; PhotometricInterpretation "
     "integer; Orientation integer; SamplesPerPixel integer; PlanarConfiguration integer; YCbCrSubSampling seq integer; "
     "YCbCrPositioning integer; XResolution rational; YResolution rational; ResolutionUnit integer; TransferFunction seq "
     "integer; WhitePoint seq rational; PrimaryChromaticities seq rational; YCbCrCoefficients seq rational; ReferenceBlackWhite "
     "seq rational; DateTime date; ImageDescription lang; Make text; Model text; Software text; Artist text; Copyright lang"},
    {"", "http://ns.adobe.com/exif/1.0/",
     "ExifVersion text; FlashpixVersion text; ColorSpace integer; ComponentsConfiguration seq integer; CompressedBitsPerPixel "
     "rational; PixelXDimension integer; PixelYDimension integer; MakerNote text; UserComment lang; RelatedSoundFile text; "
     "DateTimeOriginal date; DateTimeDigitized date; ExposureTime rational; FNumber rational; ExposureProgram integer; "
     "SpectralSensitivity text; ISOSpeedRatings seq integer; OECF oecf/sfr; ShutterSpeedValue rational; ApertureValue rational; "
     "BrightnessValue rational; ExposureBiasValue rational; MaxApertureValue rational; SubjectDistance rational; MeteringMode "
     "integer; LightSource integer; Flash flash; FocalLength rational; SubjectArea seq integer; FlashEnergy rational; "
     "SpatialFrequencyResponse oecf/sfr; FocalPlaneXResolution rational; FocalPlaneYResolution rational; "
     "FocalPlaneResolutionUnit "
     "integer; SubjectLocation seq integer; ExposureIndex rational; SensingMethod integer; FileSource integer; SceneType "
     "integer; CFAPattern cfapattern; CustomRendered integer; ExposureMode integer; WhiteBalance integer; DigitalZoomRatio "
     "rational; FocalLengthIn35mmFilm integer; SceneCaptureType integer; GainControl integer; Contrast integer; Saturation "
     "integer; Sharpness integer; DeviceSettingDescription devicesettings; SubjectDistanceRange integer; ImageUniqueID text; "
     "GPSVersionID text; GPSLatitude gpscoordinate; GPSLongitude gpscoordinate; GPSAltitudeRef integer; GPSAltitude rational; "
     "GPSTimeStamp date; GPSSatellites text; GPSStatus text; GPSMeasureMode text; GPSDOP rational; GPSSpeedRef text; GPSSpeed "
     "rational; GPSTrackRef text; GPSTrack rational; GPSImgDirectionRef text; GPSImgDirection rational; GPSMapDatum text; "
     "GPSDestLatitude gpscoordinate; GPSDestLongitude gpscoordinate; GPSDestBearingRef text; GPSDestBearing rational; "
     "GPSDestDistanceRef text; GPSDestDistance rational; GPSProcessingMethod text; GPSAreaInformation text; GPSDifferential "
     "integer"},
    {"", "http://ns.adobe.com/exif/1.0/aux/", "Lens text; SerialNumber text"},
    {"", "http://www.aiim.org/pdfa/ns/id/", "part integer; amd text; corr text; conformance text"},
    {"dimensions", "http://ns.adobe.com/xap/1.0/sType/Dimensions#", "w real; h real; unit text"},
    {"resourceref", "http://ns.adobe.com/xap/1.0/sType/ResourceRef#",
     "instanceID uri; documentID uri; versionID text; renditionClass text; renditionParams text; manager text; managerVariant "
     "text; manageTo uri; manageUI uri"},
    {"resourceevent", "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#",
     "action text; instanceID uri; parameters text; softwareAgent text; when date"},
    {"version", "http://ns.adobe.com/xap/1.0/sType/Version#",
     "comments text; event resourceevent; modifyDate date; modifier text; version text"},
    {"job", "http://ns.adobe.com/xap/1.0/sType/Job#", "name text; id text; url url"},
    {"thumbnail", "http://ns.adobe.com/xap/1.0/g/img/", "height integer; width integer; format text; image text"},
    {"font", "http://ns.adobe.com/xap/1.0/sType/Font#",
     "fontName text; fontFamily text; fontFace text; fontType text; versionString text; composite boolean; fontFileName text; "
     "childFontFiles seq text"},
    {"colorant", "http://ns.adobe.com/xap/1.0/g/",
     "swatchName text; mode text; type text; cyan real; magenta real; yellow real; black real; red integer; green integer; blue "
     "integer; L real; A integer; B integer"},
    {"flash", "http://ns.adobe.com/exif/1.0/", "Fired boolean; Return text; Mode text; Function boolean; RedEyeMode boolean"},
    {"oecf/sfr", "http://ns.adobe.com/exif/1.0/", "Columns integer; Rows integer; Names seq text; Values seq rational"},
    {"cfapattern", "http://ns.adobe.com/exif/1.0/", "Columns integer; Rows integer; Values seq integer"},
    {"devicesettings", "http://ns.adobe.com/exif/1.0/", "Columns integer; Rows integer; Settings seq text"},
    {"projectlink", "http://ns.adobe.com/xmp/1.0/DynamicMedia/", "type text; path uri"},
    {"time", "http://ns.adobe.com/xmp/1.0/DynamicMedia/", "value integer; scale rational"},
    {"timecode", "http://ns.adobe.com/xmp/1.0/DynamicMedia/", "timeValue text; timeFormat text"},
    {"marker", "http://ns.adobe.com/xmp/1.0/DynamicMedia/",
     "startTime any; duration any; comment text; name text; location uri; target text; type text"},
    {"media", "http://ns.adobe.com/xmp/1.0/DynamicMedia/",
     "path uri; track text; startTime time; duration time; managed boolean; webStatement uri"},
    {"resamplestretch", "http://ns.adobe.com/xmp/1.0/DynamicMedia/", "quality text"},
    {"timescalestretch", "http://ns.adobe.com/xmp/1.0/DynamicMedia/",
     "quality text; frameSize real; frameOverlappingPercentage real"},
    {"beatsplicestretch", "http://ns.adobe.com/xmp/1.0/DynamicMedia/",
     "riseInDecibel real; riseInTimeDuration time; useFileBeatsMarker boolean"},
};

std::string_view entry_of(const Vocabulary& vocabulary, std::string_view wanted) {
    std::string_view left = vocabulary.entries;
    while (!left.empty()) {
        const std::size_t end = std::min(left.find("; "), left.size());
        const std::string_view entry = left.substr(0, end);
        const std::size_t space = entry.find(' ');
        if (entry.substr(0, space) == wanted) return entry.substr(space + 1);
        left.remove_prefix(std::min(left.size(), end + 2));
    }
    return {};
}

const Vocabulary* vocabulary(std::string_view name, std::string_view space) {
    for (const Vocabulary& one : vocabularies)
        if (one.name == name && (!name.empty() || one.space == space)) return &one;
    return nullptr;
}

constexpr std::array<std::string_view, 16> simple_types{
    "text", "propername", "agentname", "uri",  "url", "renditionclass", "xpath",  "integer",
    "real", "rational",   "boolean",   "date", "any", "mimetype",       "locale", "gpscoordinate"};

bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}
std::string_view without_sign(std::string_view text) {
    return text.starts_with('-') || text.starts_with('+') ? text.substr(1) : text;
}

bool is_real(std::string_view text) {
    text = without_sign(text);
    const std::size_t point = text.find('.');
    if (point == std::string_view::npos) return all_digits(text);
    const std::string_view whole = text.substr(0, point), rest = text.substr(point + 1);
    return (whole.empty() || all_digits(whole)) && (rest.empty() || all_digits(rest)) && text.size() > 1;
}

// “2026-01-02T03:04:05.6+01:00” and its beginnings. XMP Specification, Date.
bool is_date(std::string_view text) {
    const auto take = [&](std::size_t digits, int low, int high) {
        if (text.size() < digits || !all_digits(text.substr(0, digits))) return false;
        int value = 0;
        for (const char c : text.substr(0, digits)) value = value * 10 + (c - '0');
        text.remove_prefix(digits);
        return value >= low && value <= high;
    };
    const auto passes = [&](char c) {
        if (!text.starts_with(c)) return false;
        text.remove_prefix(1);
        return true;
    };
    if (!take(4, 0, 9999)) return false;
    if (text.empty()) return true;
    if (!passes('-') || !take(2, 1, 12)) return false;
    if (text.empty()) return true;
    if (!passes('-') || !take(2, 1, 31)) return false;
    if (text.empty()) return true;
    if (!passes('T') || !take(2, 0, 23) || !passes(':') || !take(2, 0, 59)) return false;
    if (passes(':')) {
        if (!take(2, 0, 59)) return false;
        if (passes('.')) {
            const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
            if (digits == 0) return false;
            text.remove_prefix(digits);
        }
    }
    if (text.empty() || text == "Z") return true;
    return (passes('+') || passes('-')) && take(2, 0, 23) && passes(':') && take(2, 0, 59) && text.empty();
}

bool is_gps_coordinate(std::string_view text) { // “51,30,26N”, “51,30.433N”
    if (text.empty() || std::string_view("NSEW").find(text.back()) == std::string_view::npos) return false;
    text.remove_suffix(1);
    const auto take = [&](std::size_t most) {
        const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
        text.remove_prefix(digits);
        return digits > 0 && digits <= most;
    };
    const auto passes = [&](char c) {
        if (!text.starts_with(c)) return false;
        text.remove_prefix(1);
        return true;
    };
    if (!take(3) || !passes(',') || !take(2)) return false;
    return (passes(',') ? take(2) : passes('.') && take(text.size())) && text.empty();
}

bool is_locale(std::string_view text) {
    if (text.empty()) return false;
    std::size_t part = 0, number = 0;
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), digit = c >= '0' && c <= '9';
        if (c == '-' && part > 0) {
            part = 0;
            ++number;
        } else if ((letter || (digit && number > 0)) && part < 8)
            ++part;
        else
            return false;
    }
    return part > 0;
}

// A rational is any text: the XMP Specification of PDF/A's time names the type, but no way to write it.
bool fits_simple(std::string_view type, std::string_view text) {
    if (type == "integer") return all_digits(without_sign(text));
    if (type == "real") return is_real(text);
    if (type == "boolean") return text == "True" || text == "False";
    if (type == "date") return is_date(text);
    if (type == "locale") return is_locale(text);
    if (type == "gpscoordinate") return is_gps_coordinate(text);
    if (type == "mimetype") {
        const std::size_t slash = text.find('/');
        const auto is_name = [](std::string_view part) {
            return !part.empty() && std::ranges::all_of(part, [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-+._").find(c) != std::string_view::npos;
            });
        };
        return slash != std::string_view::npos && is_name(text.substr(0, slash)) && is_name(text.substr(slash + 1));
    }
    return true;
}

// A value type as a property or a field names it, in lower case: choices are of the type of their values, and of text where they
// say nothing; so are containers.
std::string simplified(std::string_view type) {
    std::string out = to_ascii_lower(type);
    for (const std::string_view choice : {"open choice", "closed choice", "choice"})
        for (std::size_t at = out.find(choice); at != std::string::npos; at = out.find(choice)) {
            std::size_t end = at + choice.size();
            for (const std::string_view word : {" of", " "})
                if (std::string_view(out).substr(end).starts_with(word)) end += word.size();
            out.erase(at, end - at);
        }
    out = std::string(trimmed(out));
    if (out.empty()) return "text";
    if (out == "lang alt") return "lang";
    if (out == "lang") return "lang alone"; // no type of XMP
    for (const std::string_view container : {"bag", "seq", "alt"})
        if (out == container || (out.ends_with(container) && out[out.size() - 4] == ' ' && !out.ends_with("lang alt")))
            return out + " text";
    return out;
}

constexpr std::string_view containers[]{"bag ", "seq ", "alt "};

std::string_view without_containers(std::string_view type) {
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view container : containers)
            if (type.starts_with(container)) {
                type = trimmed(type.substr(container.size()));
                again = true;
            }
    }
    return type;
}

class SchemaCheck {
public:
    SchemaCheck(const Xmp& xmp, const DescribedSchemas& known) : xmp_(xmp), own_(known) {}

    std::vector<XmpSchemaFault> check() {
        for (const XmpProperty& property : xmp_.properties)
            if (property.space == xmp_namespace::pdfa_extension) read_container(property);
        look_at_types();
        for (const XmpProperty& property : xmp_.properties)
            if (property.space != xmp_namespace::pdfa_extension) look_at_property(property);
        return std::move(faults_);
    }
    DescribedSchemas take_schemas() { return std::move(own_); }

private:
    void fault(Kind kind, std::string what) { faults_.push_back({kind, with_replacements(what)}); }
    static std::string shown(const XmpProperty& property) { return property.prefix + ":" + property.name; }

    // A field of a description: each has one namespace, one prefix, a fixed set of names.
    std::string text_of(const XmpProperty& of, std::string_view space, std::string_view name, std::string_view what) {
        const XmpProperty* part = of.part(space, name);
        if (!part) {
            fault(Kind::missing_field, "the description of " + std::string(what) + " lacks " + std::string(name));
            return {};
        }
        if (part->kind != XmpProperty::Kind::simple)
            fault(Kind::malformed_container, std::string(name) + " of " + std::string(what) + " is no text");
        return part->text;
    }

    void look_at_fields(const XmpProperty& of, std::string_view space, std::string_view prefix,
                        std::span<const std::string_view> names, std::string_view what) {
        for (const XmpProperty& part : of.parts) {
            if (part.space != space || std::ranges::find(names, part.name) == names.end())
                fault(Kind::malformed_container, "the description of " + std::string(what) + " has the field " + shown(part));
            else if (part.prefix != prefix)
                fault(Kind::wrong_prefix, "the field " + shown(part) + " should have the prefix " + std::string(prefix));
        }
    }

    void read_container(const XmpProperty& container) {
        if (container.prefix != "pdfaExtension")
            fault(Kind::wrong_prefix, "the property " + shown(container) + " should have the prefix pdfaExtension");
        if (container.name != "schemas" || container.kind != XmpProperty::Kind::bag)
            return fault(Kind::malformed_container, "the schemas are not described in a bag of the name schemas");
        for (const XmpProperty& schema : container.parts) {
            if (schema.kind != XmpProperty::Kind::structure) {
                fault(Kind::malformed_container, "the description of a schema is no structure");
                continue;
            }
            read_schema(schema);
        }
    }

    void read_schema(const XmpProperty& schema) {
        constexpr std::array<std::string_view, 5> names{"schema", "namespaceURI", "prefix", "property", "valueType"};
        look_at_fields(schema, xmp_namespace::pdfa_schema, "pdfaSchema", names, "a schema");
        text_of(schema, xmp_namespace::pdfa_schema, "schema", "a schema");
        const std::string space = text_of(schema, xmp_namespace::pdfa_schema, "namespaceURI", "a schema");
        text_of(schema, xmp_namespace::pdfa_schema, "prefix", "a schema");
        if (!schema.part(xmp_namespace::pdfa_schema, "property"))
            fault(Kind::missing_field, "the description of a schema lacks property");
        DescribedSchemas::Schema& own = own_.schemas[space];
        const auto sequence = [&](std::string_view name, const auto& read) {
            const XmpProperty* list = schema.part(xmp_namespace::pdfa_schema, name);
            if (!list) return;
            if (list->kind != XmpProperty::Kind::seq)
                return fault(Kind::malformed_container, std::string(name) + " of a schema is no sequence");
            for (const XmpProperty& one : list->parts) read(one);
        };
        sequence("valueType", [&](const XmpProperty& one) { read_type(one, own); });
        sequence("property", [&](const XmpProperty& one) { read_described(one, own); });
    }

    void read_described(const XmpProperty& property, DescribedSchemas::Schema& own) {
        constexpr std::array<std::string_view, 4> names{"name", "valueType", "category", "description"};
        look_at_fields(property, xmp_namespace::pdfa_property, "pdfaProperty", names, "a property");
        const std::string name = text_of(property, xmp_namespace::pdfa_property, "name", "a property");
        const std::string type = text_of(property, xmp_namespace::pdfa_property, "valueType", "a property");
        const std::string category = text_of(property, xmp_namespace::pdfa_property, "category", "a property");
        text_of(property, xmp_namespace::pdfa_property, "description", "a property");
        if (!category.empty() && category != "internal" && category != "external")
            fault(Kind::wrong_category, "the category of " + name + " is ‘" + category + "’");
        own.properties.emplace(name, type.empty() ? std::string() : simplified(type));
    }

    void read_type(const XmpProperty& type, DescribedSchemas::Schema& own) {
        constexpr std::array<std::string_view, 5> names{"type", "namespaceURI", "prefix", "description", "field"};
        constexpr std::array<std::string_view, 3> field_names{"name", "valueType", "description"};
        look_at_fields(type, pdfa_type, "pdfaType", names, "a value type");
        const std::string name = to_ascii_lower(text_of(type, pdfa_type, "type", "a value type"));
        const std::string space = text_of(type, pdfa_type, "namespaceURI", "a value type");
        text_of(type, pdfa_type, "prefix", "a value type");
        text_of(type, pdfa_type, "description", "a value type");
        DescribedSchemas::Structure& structure = own.structures[name];
        structure.space = space;
        const XmpProperty* list = type.part(pdfa_type, "field");
        if (!list) return;
        if (list->kind != XmpProperty::Kind::seq)
            return fault(Kind::malformed_container, "the fields of a value type are no sequence");
        for (const XmpProperty& field : list->parts) {
            look_at_fields(field, pdfa_field, "pdfaField", field_names, "a field");
            const std::string field_name = text_of(field, pdfa_field, "name", "a field");
            const std::string field_type = text_of(field, pdfa_field, "valueType", "a field");
            structure.fields[field_name] = field_type.empty() ? std::string() : simplified(field_type);
            text_of(field, pdfa_field, "description", "a field");
        }
    }

    static bool is_type(std::string_view type, const DescribedSchemas::Schema& own) {
        type = without_containers(type);
        return type == "lang" || (type != "any" && std::ranges::find(simple_types, type) != simple_types.end()) ||
               own.structures.contains(std::string(type)) || vocabulary(type, {});
    }
    // What a schema defines serves that schema alone: ISO 19005-2, table 2.
    void look_at_types() {
        for (const auto& [space, own] : own_.schemas) {
            const auto look_at = [&](const std::string& type, const std::string& of) {
                if (!type.empty() && !is_type(type, own))
                    fault(Kind::unknown_type, "the value type ‘" + type + "’ of " + of + " is not defined");
            };
            for (const auto& [property, type] : own.properties) look_at(type, property);
            for (const auto& [name, structure] : own.structures)
                for (const auto& [field, type] : structure.fields) look_at(type, field);
        }
    }

    void look_at_property(const XmpProperty& property) {
        if (property.space == "http://www.w3.org/XML/1998/namespace" || property.space == xmp_namespace::rdf) return;
        static const DescribedSchemas::Schema nothing;
        const auto found = own_.schemas.find(property.space);
        const DescribedSchemas::Schema& own = found == own_.schemas.end() ? nothing : found->second;
        std::string_view type;
        if (const Vocabulary* known = vocabulary({}, property.space)) type = entry_of(*known, property.name);
        if (type.empty()) {
            const auto described = own.properties.find(property.name);
            if (described == own.properties.end())
                return fault(Kind::unknown_property, "the property " + shown(property) + " is neither predefined nor described");
            type = described->second;
        }
        if (!type.empty() && !fits(property, type, own, 0))
            fault(Kind::wrong_value, "the value of " + shown(property) + " is not of the type ‘" + std::string(type) + "’");
    }

    static bool fits(const XmpProperty& value, std::string_view type, const DescribedSchemas::Schema& own, int depth) {
        using Shape = XmpProperty::Kind;
        if (depth > limits::pdf_nesting) return true;
        if (type == "lang")
            return value.kind == Shape::alt &&
                   std::ranges::all_of(value.parts, [](const XmpProperty& item) { return item.kind == Shape::simple; }) &&
                   (value.parts.empty() ||
                    std::ranges::any_of(value.parts, [](const XmpProperty& item) { return !item.language.empty(); }));
        for (std::size_t i = 0; i < std::size(containers); ++i) {
            if (!type.starts_with(containers[i])) continue;
            constexpr Shape shapes[]{Shape::bag, Shape::seq, Shape::alt};
            const std::string_view inner = trimmed(type.substr(containers[i].size()));
            return value.kind == shapes[i] &&
                   std::ranges::all_of(value.parts, [&](const XmpProperty& item) { return fits(item, inner, own, depth + 1); });
        }
        if (type == "any") return true;
        if (const auto described = own.structures.find(std::string(type)); described != own.structures.end()) {
            const DescribedSchemas::Structure& structure = described->second;
            if (structure.fields.empty()) return true; // a type without fields says nothing of its values
            return value.kind == Shape::structure && std::ranges::all_of(value.parts, [&](const XmpProperty& part) {
                       const auto field = structure.fields.find(part.name);
                       return field != structure.fields.end() && part.space == structure.space &&
                              (field->second.empty() || fits(part, field->second, own, depth + 1));
                   });
        }
        if (std::ranges::find(simple_types, type) != simple_types.end())
            return value.kind == Shape::simple && fits_simple(type, value.text);
        const Vocabulary* structure = vocabulary(type, {});
        if (!structure) return true; // said already: unknown_type
        return value.kind == Shape::structure && std::ranges::all_of(value.parts, [&](const XmpProperty& part) {
                   const std::string_view field =
                       part.space == structure->space ? entry_of(*structure, part.name) : std::string_view();
                   return !field.empty() && fits(part, field, own, depth + 1);
               });
    }

    const Xmp& xmp_;
    DescribedSchemas own_;
    std::vector<XmpSchemaFault> faults_;
};

} // namespace

std::vector<XmpSchemaFault> check_xmp_schemas(const Xmp& xmp, const DescribedSchemas& known) {
    return SchemaCheck(xmp, known).check();
}

DescribedSchemas described_schemas(const Xmp& xmp) {
    SchemaCheck check(xmp, {});
    check.check();
    return check.take_schemas();
}

} // namespace bifolio
