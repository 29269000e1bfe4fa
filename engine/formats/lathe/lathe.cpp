#include "engine/formats/lathe/lathe.h"

namespace lathe::formats::flat {

Format latheFormat() {
    Format format;
    format.name = "lathe";
    format.title = "Lathe flat file";
    format.extensions = {".lathe"};
    format.probe = probe;
    format.read = readFile;
    format.write = writeFile;
    return format;
}

}  // namespace lathe::formats::flat
