#include "sample_text.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace bifolio::bench {

namespace {

constexpr std::array<std::string_view, 14> openers{
    "In most families",       "After a week or two",    "On a bad day",          "At school",
    "When the days get long", "For many adults",        "Quite often",           "Before the first appointment",
    "With some practice",     "In a busy waiting room", "Even without medicine", "As the doctor explained",
    "Later in life",          "Over the winter"};
constexpr std::array<std::string_view, 16> subjects{"the treatment",
                                                    "a quiet hour in the morning",
                                                    "the whole family",
                                                    "a short list of questions",
                                                    "this kind of therapy",
                                                    "the person who knows you best",
                                                    "regular sleep",
                                                    "the first prescription",
                                                    "a written plan",
                                                    "an understanding teacher",
                                                    "the combination of the two",
                                                    "every new habit",
                                                    "the specialist nurse",
                                                    "the dose",
                                                    "concentration",
                                                    "a conversation about side effects"};
constexpr std::array<std::string_view, 14> verbs{"helps with",
                                                 "takes some of the pressure from",
                                                 "can be adjusted to",
                                                 "is rarely enough for",
                                                 "makes room for",
                                                 "should be discussed before",
                                                 "gives a name to",
                                                 "changes nothing about",
                                                 "is measured against",
                                                 "has been recommended for",
                                                 "brings back",
                                                 "stands in the way of",
                                                 "deserves as much attention as",
                                                 "works better than"};
constexpr std::array<std::string_view, 18> objects{"the unavoidable interruptions of an ordinary afternoon",
                                                   "homework",
                                                   "what one would like to achieve",
                                                   "appointments that nobody remembers",
                                                   "the difficulties of getting out of bed",
                                                   "a responsible decision",
                                                   "long meetings, noisy corridors and crowded buses",
                                                   "the expectations of other people",
                                                   "blood pressure, weight and appetite",
                                                   "an honest description of the symptoms",
                                                   "whatever comes next",
                                                   "the fear of forgetting something important",
                                                   "a comfortable routine",
                                                   "the question of responsibility",
                                                   "good intentions",
                                                   "small, repeated, well-planned steps",
                                                   "the information in the leaflet",
                                                   "a friend’s advice"};
constexpr std::array<std::string_view, 12> endings{"",
                                                   "",
                                                   "",
                                                   ", and it shows within days",
                                                   ", though not for everybody",
                                                   "; this is no reason to give up",
                                                   ", which surprises nobody who has tried it",
                                                   ": ask, write it down, and ask again",
                                                   " (as a rule, for six months)",
                                                   ", particularly under considerable strain",
                                                   " – sometimes both at once",
                                                   ", according to an internationally agreed guideline"};

class Chooser {
public:
    std::uint32_t below(std::size_t limit) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL; // Knuth, MMIX
        return static_cast<std::uint32_t>((state_ >> 33) % limit);
    }
    template <std::size_t size>
    std::string of(const std::array<std::string_view, size>& words) {
        return std::string(words[below(size)]);
    }

private:
    std::uint64_t state_ = 20260901;
};

std::string sentence(Chooser& choose) {
    const auto clause = [&] { return choose.of(subjects) + " " + choose.of(verbs) + " " + choose.of(objects); };
    switch (choose.below(5)) {
    case 0: return choose.of(openers) + ", " + clause() + choose.of(endings) + ".";
    case 1: return "“" + choose.of(openers) + " " + clause() + ",” she said" + choose.of(endings) + ".";
    case 2: return "But " + clause() + ", while " + clause() + ".";
    case 3: return "If " + clause() + ", then " + clause() + choose.of(endings) + ".";
    default: return "Why is it that " + clause() + "?";
    }
}

} // namespace

std::vector<std::string> sample_paragraphs(int count) {
    Chooser choose;
    std::vector<std::string> paragraphs;
    for (int i = 0; i < count; ++i) {
        std::string text;
        for (std::uint32_t sentences = 3 + choose.below(5); sentences > 0; --sentences)
            text += (text.empty() ? "" : " ") + sentence(choose);
        paragraphs.push_back(std::move(text));
    }
    return paragraphs;
}

} // namespace bifolio::bench
