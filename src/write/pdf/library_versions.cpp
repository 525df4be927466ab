#include "write/pdf/library_versions.h"

#define POINTERHOLDER_TRANSITION 4 // std::shared_ptr throughout

#include <hpdf.h>
#include <qpdf/QPDF.hh>

namespace bifolio {

LibraryVersions pdf_library_versions() { return {{"libharu", HPDF_GetVersion()}, {"libqpdf", QPDF::QPDFVersion()}}; }

} // namespace bifolio
