/// @file
/// What the person at the keyboard asked for.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include "tonecue/audio/file_source.h"
#include "tonecue/core/party.h"

namespace tonecue {

/// Where a call's report goes, per format: a file, "-" for standard output, empty for nowhere. With
/// several recordings each names a folder.
struct ReportTargets {
  static constexpr std::size_t kFormats = 5;

  std::string json;
  std::string csv;
  std::string audacity;
  std::string textgrid;
  std::string html;
  bool embed_audio = false;  ///< The page carries the recording.
  bool force = false;        ///< Replace files that are there.

  std::array<std::string, kFormats> all() const { return {json, csv, audacity, textgrid, html}; }
};

/// What is put into the store, and what is known of the call.
struct KeepingOptions {
  std::string folder;  ///< Of the store; empty: nothing is stored.
  std::string agent;
  std::string team;
  std::string queue;
  std::string caller_ref;
  std::string consent_ref;
  bool keep_audio = false;
};

struct AnalyzeOptions {
  std::vector<std::string> inputs;  ///< Recordings and folders.
  RecordingConfig recording;
  ReportTargets targets;
  KeepingOptions keeping;
  std::string config;                ///< Empty: the defaults.
  std::optional<int> line_delay_ms;  ///< Before the configuration's.
  int jobs = 1;
  bool quiet = false;
};

struct FramesOptions {
  std::string input;
  RecordingConfig recording;  ///< With a party: whose voice.
  std::string csv = "-";
  bool force = false;
};

struct DistressOptions {
  std::vector<std::string> inputs;  ///< Clips of one voice each, and folders.
  RecordingConfig recording;
  std::string config;  ///< Empty: the defaults. Only the choice of the model counts.
  std::string csv = "-";
  bool force = false;
};

struct CalibrateOptions {
  std::vector<std::string> inputs;  ///< A site's own calls, and folders of them.
  RecordingConfig recording;
  double alerts_per_hour = 1.0;  ///< Distress cues wanted at most.
  std::string verdicts;          ///< Table of reviewers' verdicts; empty: none.
  std::string out;
  std::string config;
  std::optional<int> line_delay_ms;
  int jobs = 1;
  bool force = false;
  bool quiet = false;
};

struct LiveOptions {
  std::string replay;           ///< A recording in place of a device; empty: a device.
  std::string agent_device;     ///< The agent's microphone, by number or a part of its name.
  std::string customer_device;  ///< What the headset plays, likewise; both or none.
  std::string device;           ///< One device for both; empty: the default.
  std::string output;           ///< The headset that plays the tones; empty: the default.
  RecordingConfig recording;    ///< Of the device as well.
  double speed = 1.0;           ///< Of the replay, against the clock; 0: as fast as it can.
  std::string json;
  KeepingOptions keeping;
  std::string config;
  std::optional<int> line_delay_ms;
  bool force = false;
  bool no_sound = false;
  bool no_page = false;
  int port = 0;        ///< Of the page; 0: any free one.
  bool open = false;   ///< The page, in the person's browser.
  bool shift = false;  ///< Call after call.
};

struct PracticeOptions {
  std::string scenario;  ///< A recording, or the name of a bundled call.
  bool list = false;     ///< Show the bundled calls, and nothing else.
  RecordingConfig recording;
  std::string agent_device;  ///< The microphone, as choose_input() takes it.
  std::string output;        ///< The headset, as choose_output() takes it.
  std::string against;       ///< An earlier attempt, to be shown beside this one; empty: none.
  std::string json;
  std::string html;
  std::string config;
  bool force = false;
};

struct ReplayAlertsOptions {
  std::vector<std::string> inputs;  ///< Reports of calls (.json), and recordings.
  std::string policy;               ///< A built-in one's name, or a configuration file.
  RecordingConfig recording;
  std::string config;  ///< With which recordings are analysed; empty: the defaults.
  std::string csv;
  std::string json;
  bool force = false;
};

struct DevicesOptions {
  bool levels = false;    ///< Show how loud the inputs are, on no terminal too.
  bool choose = false;    ///< Ask for the devices of this desk.
  bool remember = false;  ///< And write them into the user's configuration.
  std::string agent;      ///< Written there without a question; empty: as it was.
  std::string customer;
  std::string output;
};

struct ModelInfoOptions {
  std::vector<std::string> files;  ///< Empty: the built-in models.
};

struct ModelVerifyOptions {
  std::vector<std::string> files;
};

struct ModelCompareOptions {
  std::string first;  ///< Model files, or names of built-in distress models.
  std::string second;
};

struct ServeOptions {
  std::string folder;  ///< Of the store.
  std::string config;
  std::optional<int> port;  ///< This and the rest go before the configuration's.
  std::string address;
  std::string tls_certificate;
  std::string tls_key;
  std::vector<std::string> watch;  ///< Besides the configuration's.
  bool keep_audio = false;
  bool allow_plain_http = false;
};

struct AuditVerifyOptions {
  std::string folder;
  std::string head;  ///< A hash that was written down; empty: none.
};

struct PeopleAddOptions {
  std::string folder;
  std::string login;
  std::string name;  ///< Empty: the login.
  std::string role = "supervisor";
  std::string agent;
  std::vector<std::string> teams;
};

struct PeopleListOptions {
  std::string folder;
};

struct PeoplePasswordOptions {
  std::string folder;
  std::string login;
};

struct ConfigOptions {
  std::string config;
};

using Command =
    std::variant<AnalyzeOptions, FramesOptions, DistressOptions, CalibrateOptions, LiveOptions,
                 PracticeOptions, ReplayAlertsOptions, DevicesOptions, ModelInfoOptions,
                 ModelVerifyOptions, ModelCompareOptions, ServeOptions, AuditVerifyOptions,
                 PeopleAddOptions, PeopleListOptions, PeoplePasswordOptions, ConfigOptions>;

/// There is nothing to run: help was asked for, or the line makes no sense.
struct Advice {
  int status = 0;  ///< 0 for help, 2 for wrong usage.
  std::string text;
};

tl::expected<Command, Advice> parse_command_line(int argc, const char* const* argv);

}  // namespace tonecue
