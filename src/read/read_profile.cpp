#include "read/read_profile.h"

#include "base/utf8.h"
#include "read/keys.h"
#include "read/yaml_shape.h"

namespace bifolio {

namespace {

RetailLimit read_limit(const YamlValue& value) {
    RetailLimit limit;
    limit.where = value.where;
    if (const auto what = index_of_word(limit_words, text_of(value, "what"))) limit.what = static_cast<LimitedThing>(*what);
    limit.severity = index_of_word(severity_words, text_of(value, "severity")) == 1u ? Severity::warning : Severity::error;
    limit.least = whole_number_of(value, "least");
    limit.ideal = whole_number_of(value, "ideal");
    limit.most = whole_number_of(value, "most");
    limit.length = length_of(value, "length");
    limit.up_to_pages = whole_number_of(value, "up-to-pages");
    limit.with_bleed = flag_of(value, "with-bleed").value_or(false);
    for (const YamlValue* need : scalars_of(value, "needs")) limit.needs.emplace_back(trimmed(need->text));
    limit.source = collapsed(text_of(value, "source"));
    limit.checked = date_of(value, "checked");
    limit.cure = collapsed(text_of(value, "cure"));
    return limit;
}

} // namespace

RetailProfile read_profile(SourceId source, const SourceMap& sources, Diagnostics& diagnostics) {
    RetailProfile profile;
    const YamlValue root = parse_yaml(sources, source, diagnostics);
    if (root.kind != YamlKind::null)
        check_shape(root, *file_shape("profile").root, sources.path(source), {source, 0, 0}, {}, diagnostics);
    if (root.kind != YamlKind::mapping) return profile;
    profile.name = text_of(root, "name");
    if (index_of_word(retail_words, text_of(root, "for")) == 1u) profile.kind = RetailKind::print;
    if (const YamlValue* limits = given(root, "limits"))
        for (const YamlValue& limit : limits->items) profile.limits.push_back(read_limit(limit));
    return profile;
}

} // namespace bifolio
