#include "app/command_line.h"
#include "app/commands.h"

#include <cstdio>
#include <exception>

int main(int argc, char** argv) {
    using namespace bifolio;
    try {
        auto settings = read_command_line(argc, argv);
        if (const ExitCode* code = std::get_if<ExitCode>(&settings)) return static_cast<int>(*code);
        return static_cast<int>(run(std::get<Settings>(settings)));
    } catch (const std::bad_alloc&) { std::fputs("bifolio: out of memory\n", stderr); } catch (const std::exception& error) {
        std::fprintf(stderr, "bifolio: %s\n", error.what());
    }
    return static_cast<int>(ExitCode::surroundings);
}
