// The program: arguments to an exit code.
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/arguments.h"
#include "cli/console.h"

int main(int argc, char** argv) {
  steelyard::PrepareStreams();
  std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  const std::optional<steelyard::Language> asked = steelyard::TakeLanguage(arguments);
  const steelyard::Console console(asked ? *asked : steelyard::LanguageOfEnvironment());
  try {
    return static_cast<int>(steelyard::RunArguments(std::move(arguments), console));
  } catch (const std::bad_alloc&) {
    console.TellError(
        console.Say("not enough memory: name fewer --threads, or use a larger machine",
                    "内存不足：请减少 --threads 的线程数，或换内存更大的机器"));
    return static_cast<int>(steelyard::ExitCode::kFailed);
  } catch (const std::exception& fault) {  // a bug
    console.TellError(fault.what());
    return static_cast<int>(steelyard::ExitCode::kFailed);
  }
}
