// keys.h: the words that plans use, in the order of the enumerations they stand for.
#pragma once

#include <array>
#include <string_view>

namespace bifolio {

inline constexpr std::array<std::string_view, 3> format_words{"epub", "pdf", "html"};                         // OutputFormat
inline constexpr std::array<std::string_view, 2> scope_words{"book", "article"};                              // EditionScope
inline constexpr std::array<std::string_view, 4> interior_words{"classic", "modern", "clear", "large-print"}; // Interior
inline constexpr std::array<std::string_view, 2> font_words{"woff2", "opentype"};                             // EmbeddedFonts
inline constexpr std::array<std::string_view, 6> cover_design_words{"plain", "band",  "frame",
                                                                    "strip", "label", "none"};          // CoverDesign
inline constexpr std::array<std::string_view, 3> cover_image_words{"jpeg", "png", "svg"};               // CoverImage
inline constexpr std::array<std::string_view, 4> bio_words{"automatic", "article", "book-end", "both"}; // BioPlace
inline constexpr std::array<std::string_view, 4> matter_words{"automatic", "front", "body", "back"};    // Matter
inline constexpr std::array<std::string_view, 2> fold_words{"none", "booklet"};                         // Fold
inline constexpr std::array<std::string_view, 3> portrait_words{"photo", "likeness", "drawing"};        // PortraitKind
inline constexpr std::array<std::string_view, 3> notice_words{"disclaimer", "disclosure", "emergency"}; // NoticeKind
inline constexpr std::array<std::string_view, 7> rule_words{                                            // NoticeRule
                                                            "on-request",    "every-article", "book-front", "book-end",
                                                            "bio-pseudonym", "bio-likeness",  "every-bio"};
inline constexpr std::array<std::string_view, 2> list_words{"tables", "figures"};
inline constexpr std::array<std::string_view, 6> mark_words{"crop",       "fold", "registration",
                                                            "colour-bar", "slug", "none"}; // PressMark, and none of them
inline constexpr std::array<std::string_view, 2> picture_colour_words{"keep", "convert"};  // PictureColours
inline constexpr std::array<std::string_view, 4> intent_words{"perceptual", "relative-colorimetric", "saturation",
                                                              "absolute-colorimetric"}; // RenderingIntent
inline constexpr std::array<std::string_view, 3> permission_words{"print", "copy", "change"};
inline constexpr std::array<std::string_view, 13> conformance_words{
    "PDF/UA-1", "PDF/UA-2", "PDF/A-2a", "PDF/A-2b", "PDF/A-2u", "PDF/A-3a",     "PDF/A-3b",
    "PDF/A-3u", "PDF/A-4",  "PDF/X-1a", "PDF/X-3",  "PDF/X-4",  "EPUB-A11Y-1.1"};
inline constexpr std::array<std::string_view, 5> binding_words{"none", "paperback", "hardback", "spiral", "stapled"}; // Binding
inline constexpr std::array<std::string_view, 5> supplier_words{"publisher", "exclusive-distributor", "distributor", "wholesaler",
                                                                "own-shop"};                       // SupplierRole
inline constexpr std::array<std::string_view, 2> sales_rights_words{"exclusive", "non-exclusive"}; // SalesRights
inline constexpr std::array<std::string_view, 8> audience_words{"general",           "children",         "young-adults",
                                                                "schools",           "higher-education", "professional",
                                                                "language-learners", "adult-education"}; // Audience
inline constexpr std::array<std::string_view, 21> limit_words{"file-kilobytes",
                                                              "document-kilobytes",
                                                              "picture-pixels",
                                                              "picture-kilobytes",
                                                              "picture-colours",
                                                              "cover",
                                                              "cover-width",
                                                              "cover-height",
                                                              "cover-pixels",
                                                              "cover-kilobytes",
                                                              "cover-proportion",
                                                              "isbn",
                                                              "metadata",
                                                              "page-list",
                                                              "pages",
                                                              "bleed",
                                                              "gutter",
                                                              "outer-margin",
                                                              "marks",
                                                              "single-pages",
                                                              "encryption"}; // LimitedThing
inline constexpr std::array<std::string_view, 2> severity_words{"error", "warning"};
inline constexpr std::array<std::string_view, 2> retail_words{"e-book", "print"}; // RetailKind
inline constexpr std::array<std::string_view, 3> exemption_words{"eaa-microenterprise", "eaa-disproportionate-burden",
                                                                 "eaa-fundamental-alteration"}; // AccessibilityExemption
inline constexpr std::array<std::string_view, 4> conformity_words{
    "EPUB Accessibility 1.1 - WCAG 2.1 Level A", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA",
    "EPUB Accessibility 1.1 - WCAG 2.2 Level A", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"};

struct PaperSize {
    std::string_view name;
    double width, height; // millimetres
};
// ISO 216 and 269, JIS P 0138, ANSI, and what book printers offer.
inline constexpr std::array<PaperSize, 20> paper_sizes{{
    {"A3", 297, 420},        {"A4", 210, 297},         {"A5", 148, 210},
    {"A6", 105, 148},        {"A7", 74, 105},          {"B4", 250, 353},
    {"B5", 176, 250},        {"B6", 125, 176},         {"C5", 162, 229},
    {"DL", 99, 210},         {"SRA3", 320, 450},       {"SRA4", 225, 320},
    {"JIS-B4", 257, 364},    {"JIS-B5", 182, 257},     {"Letter", 215.9, 279.4},
    {"Legal", 215.9, 355.6}, {"Ledger", 279.4, 431.8}, {"Half-Letter", 139.7, 215.9},
    {"Trade", 152.4, 228.6}, {"Demy", 138, 216},
}};
inline constexpr auto paper_words = [] {
    std::array<std::string_view, paper_sizes.size()> words{};
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = paper_sizes[i].name;
    return words;
}();

} // namespace bifolio
