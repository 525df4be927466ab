// people.h: who wrote, edited and reviewed, their bios, and the notices: each written once, shown where the rules say. Internal
// to this folder.
#pragma once

#include "assemble/assembly.h"

#include <cstdint>
#include <string>
#include <vector>

namespace bifolio {

enum class PersonRole : std::uint8_t { author, editor, reviewer };

// A person as an article names one. Without a register entry a name only.
struct NamedPerson {
    const Person* person = nullptr;
    std::string name;
    bool operator==(const NamedPerson&) const = default;
};
using People = std::vector<NamedPerson>;

struct ArticlePeople {
    People authors, editors, reviewers; // each one once
    const People& of(PersonRole role) const;
};

// Reports those whom the register lacks.
People named_people(Assembly& assembly, const std::vector<Located<std::string>>& written);
ArticlePeople people_of(Assembly& assembly, std::size_t article);

bool has_bio(const NamedPerson& named); // more than a name and letters behind it

// “By Jane Doe, MD, and John Roe” with the name in span.person, in the tree's language.
void lower_people(Tree& tree, std::string_view pattern, const People& people);

// aside.bio. `roles` are said in it where they are not said by a heading above.
struct BioSetting {
    std::vector<PersonRole> roles;
    bool show_roles = false;
    int heading_level = 2;
    std::size_t article = no_article; // whose article shows it; none: the book's end
};
void lower_bio(Assembly& assembly, std::size_t fragment, Tree& tree, const Person& person, const BioSetting& plan);

// The notices that a rule asks for in this edition, emergencies first.
std::vector<const Notice*> notices_by_rule(const Assembly& assembly, NoticeRule rule);
// `place`: where it is shown, for its origin: “notice:general”, with the article's path in an article.
void lower_notice(Assembly& assembly, std::size_t fragment, Tree& tree, const Notice& notice, std::size_t article, Element title);

} // namespace bifolio
