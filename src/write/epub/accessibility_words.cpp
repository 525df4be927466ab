#include "write/epub/accessibility_words.h"

#include "base/utf8.h"

#include <array>

namespace bifolio {

namespace {

constexpr std::array words{
    AccessibilityWords{"en", "The text adapts to any size and can be read by screen readers and in braille.",
                       "A table of contents leads through it.", "Headings and a table of contents lead through it.",
                       "Pictures with a text alternative: {} of {}.", "No picture carries meaning.",
                       "Tables with header cells: {} of {}.", "Notes are linked with the text in both directions.",
                       "The page numbers of the printed edition are given.", "Something in it may move.",
                       "Conformity with an accessibility standard has not been assessed."},
    AccessibilityWords{"cy", "Mae’r testun yn addasu i unrhyw faint a gall darllenwyr sgrin a braille ei ddarllen.",
                       "Mae tabl cynnwys yn arwain drwyddo.", "Mae penawdau a thabl cynnwys yn arwain drwyddo.",
                       "Lluniau â thestun amgen: {} o {}.", "Nid oes ystyr i unrhyw lun.", "Tablau â chelloedd pennawd: {} o {}.",
                       "Mae’r nodiadau wedi’u cysylltu â’r testun i’r ddau gyfeiriad.",
                       "Rhoddir rhifau tudalennau’r argraffiad print.", "Gall rhywbeth ynddo symud.",
                       "Nid aseswyd cydymffurfiaeth â safon hygyrchedd."},
    AccessibilityWords{"ar", "يتكيف النص مع أي حجم، ويمكن قراءته بقارئات الشاشة وبطريقة برايل.", "يوجد جدول محتويات للتنقل.",
                       "توجد عناوين وجدول محتويات للتنقل.", "صور لها نص بديل: {} من {}.", "لا توجد صور تحمل معنى.",
                       "جداول لها خلايا عناوين: {} من {}.", "الحواشي مرتبطة بالنص في الاتجاهين.",
                       "أرقام صفحات الطبعة الورقية مذكورة.", "قد يتحرك شيء فيه.", "لم يُقيَّم التوافق مع معيار لإمكانية الوصول."},
    AccessibilityWords{"ur", "متن ہر سائز کے مطابق ڈھل جاتا ہے اور اسکرین ریڈر اور بریل میں پڑھا جا سکتا ہے۔",
                       "فہرست راہنمائی کرتی ہے۔", "عنوانات اور فہرست راہنمائی کرتے ہیں۔", "متبادل متن والی تصاویر: {} از {}۔",
                       "کوئی تصویر معنی نہیں رکھتی۔", "سرخانوں والے جدول: {} از {}۔", "حواشی دونوں سمتوں میں متن سے منسلک ہیں۔",
                       "طبع شدہ ایڈیشن کے صفحہ نمبر دیے گئے ہیں۔", "اس میں کوئی چیز حرکت کر سکتی ہے۔",
                       "رسائی کے کسی معیار سے مطابقت کی جانچ نہیں ہوئی۔"},
    AccessibilityWords{"bn", "লেখা যেকোনো আকারে মানিয়ে যায় এবং স্ক্রিন রিডার ও ব্রেইলে পড়া যায়।", "সূচিপত্র পথ দেখায়।",
                       "শিরোনাম ও সূচিপত্র পথ দেখায়।", "বিকল্প লেখাসহ ছবি: {} / {}।", "কোনো ছবি অর্থ বহন করে না।",
                       "শিরোনাম ঘরসহ সারণি: {} / {}।", "টীকাগুলি দুই দিকেই লেখার সঙ্গে যুক্ত।", "মুদ্রিত সংস্করণের পৃষ্ঠা নম্বর দেওয়া আছে।",
                       "এতে কিছু নড়তে পারে।", "কোনো প্রবেশগম্যতা মানের সঙ্গে সঙ্গতি যাচাই করা হয়নি।"},
    AccessibilityWords{"gu", "લખાણ કોઈપણ કદમાં ગોઠવાય છે અને સ્ક્રીન રીડર તથા બ્રેઇલમાં વાંચી શકાય છે.", "અનુક્રમણિકા માર્ગ બતાવે છે.",
                       "મથાળાં અને અનુક્રમણિકા માર્ગ બતાવે છે.", "વૈકલ્પિક લખાણવાળાં ચિત્રો: {} / {}.", "કોઈ ચિત્ર અર્થ ધરાવતું નથી.",
                       "મથાળાંના ખાનાંવાળાં કોષ્ટકો: {} / {}.", "નોંધો બંને દિશામાં લખાણ સાથે જોડાયેલી છે.",
                       "મુદ્રિત આવૃત્તિના પૃષ્ઠ ક્રમાંક આપેલા છે.", "તેમાં કંઈક હલી શકે છે.", "કોઈ સુલભતા ધોરણ સાથેની અનુરૂપતા ચકાસાઈ નથી."},
    AccessibilityWords{"pa", "ਲਿਖਤ ਹਰ ਆਕਾਰ ਵਿੱਚ ਢਲਦੀ ਹੈ ਅਤੇ ਸਕਰੀਨ ਰੀਡਰ ਤੇ ਬਰੇਲ ਵਿੱਚ ਪੜ੍ਹੀ ਜਾ ਸਕਦੀ ਹੈ।", "ਤਤਕਰਾ ਰਾਹ ਦਿਖਾਉਂਦਾ ਹੈ।",
                       "ਸਿਰਲੇਖ ਅਤੇ ਤਤਕਰਾ ਰਾਹ ਦਿਖਾਉਂਦੇ ਹਨ।", "ਬਦਲਵੀਂ ਲਿਖਤ ਵਾਲੀਆਂ ਤਸਵੀਰਾਂ: {} / {}।", "ਕੋਈ ਤਸਵੀਰ ਅਰਥ ਨਹੀਂ ਰੱਖਦੀ।",
                       "ਸਿਰਲੇਖ ਖਾਨਿਆਂ ਵਾਲੀਆਂ ਸਾਰਣੀਆਂ: {} / {}।", "ਟਿੱਪਣੀਆਂ ਦੋਵੇਂ ਪਾਸੇ ਲਿਖਤ ਨਾਲ ਜੁੜੀਆਂ ਹਨ।", "ਛਪੇ ਐਡੀਸ਼ਨ ਦੇ ਪੰਨਾ ਨੰਬਰ ਦਿੱਤੇ ਗਏ ਹਨ।",
                       "ਇਸ ਵਿੱਚ ਕੁਝ ਹਿੱਲ ਸਕਦਾ ਹੈ।", "ਕਿਸੇ ਪਹੁੰਚਯੋਗਤਾ ਮਿਆਰ ਨਾਲ ਅਨੁਕੂਲਤਾ ਦੀ ਜਾਂਚ ਨਹੀਂ ਹੋਈ।"},
    AccessibilityWords{"pl", "Tekst dostosowuje się do każdego rozmiaru i może być czytany przez czytniki ekranu oraz w brajlu.",
                       "Prowadzi po nim spis treści.", "Prowadzą po nim nagłówki i spis treści.",
                       "Ilustracje z tekstem alternatywnym: {} z {}.", "Żadna ilustracja nie niesie treści.",
                       "Tabele z komórkami nagłówkowymi: {} z {}.", "Przypisy są połączone z tekstem w obu kierunkach.",
                       "Podano numery stron wydania drukowanego.", "Coś może się w nim poruszać.",
                       "Zgodność ze standardem dostępności nie została oceniona."},
    AccessibilityWords{"ro", "Textul se adaptează la orice dimensiune și poate fi citit de cititoare de ecran și în braille.",
                       "Un cuprins îl face ușor de parcurs.", "Titlurile și un cuprins îl fac ușor de parcurs.",
                       "Imagini cu text alternativ: {} din {}.", "Nicio imagine nu transmite informații.",
                       "Tabele cu celule de antet: {} din {}.", "Notele sunt legate de text în ambele sensuri.",
                       "Sunt indicate numerele de pagină ale ediției tipărite.", "Ceva din el se poate mișca.",
                       "Conformitatea cu un standard de accesibilitate nu a fost evaluată."},
    AccessibilityWords{
        "so", "Qoraalku wuxuu la qabsadaa cabbir kasta, waxaana lagu akhrin karaa akhristayaasha shaashadda iyo braille.",
        "Tusmo ayaa hagaysa.", "Cinwaanno iyo tusmo ayaa hagaya.", "Sawirro leh qoraal beddel ah: {} / {}.",
        "Ma jiro sawir macne sida.", "Jadwallo leh unugyo madax ah: {} / {}.",
        "Qoraallada hoose waxay qoraalka ku xiran yihiin labada dhinac.", "Lambarrada bogagga daabacaadda waa la bixiyay.",
        "Wax ka mid ah ayaa dhaqaaqi kara.", "Lama qiimayn u hoggaansanaanta heer helitaan."},
    AccessibilityWords{"tr", "Metin her boyuta uyum sağlar; ekran okuyucularla ve braille ile okunabilir.",
                       "İçindekiler metinde yol gösterir.", "Başlıklar ve içindekiler metinde yol gösterir.",
                       "Alternatif metni olan resimler: {} / {}.", "Hiçbir resim anlam taşımaz.",
                       "Başlık hücreleri olan tablolar: {} / {}.", "Notlar metne iki yönde bağlıdır.",
                       "Basılı baskının sayfa numaraları verilmiştir.", "İçindeki bir şey hareket edebilir.",
                       "Bir erişilebilirlik standardına uygunluk değerlendirilmemiştir."},
    AccessibilityWords{"zh", "文字可适应任意大小，可用屏幕阅读器和盲文阅读。", "有目录可供导航。", "有标题和目录可供导航。",
                       "带替代文字的图片：{}／{}。", "没有承载含义的图片。", "带表头单元格的表格：{}／{}。",
                       "注释与正文双向链接。", "给出了印刷版的页码。", "其中可能有活动的内容。", "尚未评估是否符合无障碍标准。"},
    AccessibilityWords{"de", "Der Text passt sich jeder Größe an und kann von Screenreadern und in Braille gelesen werden.",
                       "Ein Inhaltsverzeichnis führt hindurch.", "Überschriften und ein Inhaltsverzeichnis führen hindurch.",
                       "Bilder mit Textalternative: {} von {}.", "Kein Bild trägt Bedeutung.",
                       "Tabellen mit Kopfzellen: {} von {}.", "Anmerkungen und Text sind in beide Richtungen verlinkt.",
                       "Die Seitenzahlen der gedruckten Ausgabe sind angegeben.", "Etwas darin kann sich bewegen.",
                       "Die Übereinstimmung mit einem Standard der Barrierefreiheit wurde nicht geprüft."},
    AccessibilityWords{"fr", "Le texte s’adapte à toutes les tailles et peut être lu par un lecteur d’écran et en braille.",
                       "Une table des matières permet de s’y déplacer.",
                       "Des titres et une table des matières permettent de s’y déplacer.",
                       "Images avec texte de remplacement : {} sur {}.", "Aucune image n’est porteuse de sens.",
                       "Tableaux avec cellules d’en-tête : {} sur {}.", "Les notes et le texte sont liés dans les deux sens.",
                       "Les numéros de page de l’édition imprimée sont indiqués.", "Un élément peut y être en mouvement.",
                       "La conformité à une norme d’accessibilité n’a pas été évaluée."},
    AccessibilityWords{"es", "El texto se adapta a cualquier tamaño y se puede leer con lectores de pantalla y en braille.",
                       "Un índice permite recorrerlo.", "Los títulos y un índice permiten recorrerlo.",
                       "Imágenes con texto alternativo: {} de {}.", "Ninguna imagen transmite significado.",
                       "Tablas con celdas de encabezado: {} de {}.", "Las notas y el texto están enlazados en ambos sentidos.",
                       "Se indican los números de página de la edición impresa.", "Algo en él puede moverse.",
                       "No se ha evaluado la conformidad con una norma de accesibilidad."},
    AccessibilityWords{"it", "Il testo si adatta a qualsiasi dimensione e può essere letto con screen reader e in braille.",
                       "Un indice guida la lettura.", "Titoli e un indice guidano la lettura.",
                       "Immagini con testo alternativo: {} su {}.", "Nessuna immagine veicola significato.",
                       "Tabelle con celle di intestazione: {} su {}.", "Note e testo sono collegati in entrambe le direzioni.",
                       "Sono indicati i numeri di pagina dell’edizione a stampa.", "Qualcosa al suo interno può muoversi.",
                       "La conformità a uno standard di accessibilità non è stata valutata."},
    AccessibilityWords{"nl", "De tekst past zich aan elke grootte aan en kan met schermlezers en in braille worden gelezen.",
                       "Een inhoudsopgave wijst de weg.", "Koppen en een inhoudsopgave wijzen de weg.",
                       "Afbeeldingen met tekstalternatief: {} van {}.", "Geen afbeelding draagt betekenis.",
                       "Tabellen met kopcellen: {} van {}.", "Noten en tekst zijn in beide richtingen gekoppeld.",
                       "De paginanummers van de gedrukte uitgave zijn vermeld.", "Er kan iets in bewegen.",
                       "Conformiteit met een toegankelijkheidsnorm is niet beoordeeld."},
    AccessibilityWords{"pt", "O texto adapta-se a qualquer tamanho e pode ser lido por leitores de ecrã e em braille.",
                       "Um índice permite percorrê-lo.", "Títulos e um índice permitem percorrê-lo.",
                       "Imagens com texto alternativo: {} de {}.", "Nenhuma imagem transmite significado.",
                       "Tabelas com células de cabeçalho: {} de {}.", "As notas e o texto estão ligados nos dois sentidos.",
                       "São indicados os números de página da edição impressa.", "Algo nele pode mover-se.",
                       "A conformidade com uma norma de acessibilidade não foi avaliada."},
};

} // namespace

const AccessibilityWords& accessibility_words(std::string_view language) {
    const std::string_view first = language.substr(0, language.find('-'));
    for (const AccessibilityWords& one : words)
        if (equals_ignoring_ascii_case(one.language, first)) return one;
    return words[0];
}

} // namespace bifolio
