// A scorecard in C++17: handles that free themselves, errors that are exceptions.
//
// scorecard FILE...: tables as CSV, each file named by its table.

#include <csc_measures.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>

namespace csc {

/// A call that failed, with its status.
struct Error : std::runtime_error {
  csc_status status;
  Error(csc_status of, const char *message) : std::runtime_error(message), status(of) {}
};

/// Frees what the library made.
struct Free {
  void operator()(csc_calendar *made) const { csc_calendar_free(made); }
  void operator()(csc_dataset_builder *made) const { csc_dataset_builder_free(made); }
  void operator()(csc_dataset *made) const { csc_dataset_free(made); }
  void operator()(csc_scorecard *made) const { csc_scorecard_free(made); }
  void operator()(csc_error *made) const { csc_error_free(made); }
  void operator()(char *made) const { csc_text_free(made); }
};

template <typename Handle>
using Owned = std::unique_ptr<Handle, Free>;

/// Calls a function of the library with an error of its own, and throws where it fails.
template <typename Function, typename... Arguments>
void call(Function function, Arguments... arguments) {
  csc_error *raw = nullptr;
  const csc_status status = function(arguments..., &raw);
  const Owned<csc_error> error(raw);
  if (status != CSC_OK) throw Error(status, csc_error_message(error.get()));
}

/// Calls a function of the library whose last output is a handle or a text, and owns it.
template <typename Made, typename Function, typename... Arguments>
Owned<Made> make(Function function, Arguments... arguments) {
  Made *made = nullptr;
  call(function, arguments..., &made);
  return Owned<Made>(made);
}

}  // namespace csc

int main(int count, char **arguments) try {
  const auto builder = csc::make<csc_dataset_builder>(csc_dataset_builder_new);
  for (int i = 1; i < count; i++) {
    const std::filesystem::path path(arguments[i]);
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    csc::call(csc_dataset_builder_add_csv, builder.get(), path.stem().string().c_str(), text.data(), text.size());
  }
  const auto dataset = csc::make<csc_dataset>(csc_dataset_builder_build, builder.get());
  const char *const options = R"({"measures": ["O3.M4"], "policy": {"cp_visit_working_days": 10}})";
  const auto card = csc::make<csc_scorecard>(csc_scorecard_run, dataset.get(), "2020-01", "2020-03", options);
  const auto results = csc::make<char>(csc_scorecard_results_json, card.get());
  const std::string text = results.get();
  // A program of yours has a reader of JSON; here the months and values are cut out of it.
  for (auto from = text.find("\"month\":"); from != std::string::npos; from = text.find("\"month\":", from + 1)) {
    const auto value = text.find("\"value\":", from);
    std::printf("%s %s\n", text.substr(from + 9, 7).c_str(), text.substr(value, text.find(',', value) - value).c_str());
  }

  const auto calendar = csc::make<csc_calendar>(csc_calendar_new, CSC_NATION_SCOTLAND);
  std::int32_t working_days = 0;
  csc::call(csc_calendar_working_days_between, calendar.get(), 17169, 17256, &working_days);
  std::printf("%d working days in Scotland from 3 January to 31 March 2017\n", working_days);

  // A month that the scorecard does not have.
  try {
    csc::make<char>(csc_scorecard_cases_json, card.get(), "O3.M4", "2020-04");
  } catch (const csc::Error &error) {
    std::printf("status %d: %s\n", static_cast<int>(error.status), error.what());
  }
  return 0;
} catch (const std::exception &error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
