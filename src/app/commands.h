/// @file
/// What the program does, one function per command. Each returns the exit status.
#pragma once

#include "app/command_line/command_line.h"
#include "tonecue/app/console.h"
#include "tonecue/app/program.h"

namespace tonecue {

int analyze(const AnalyzeOptions& options, const Console& console);
int frames(const FramesOptions& options, const Console& console);
int distress(const DistressOptions& options, const Console& console);
int calibrate(const CalibrateOptions& options, const Console& console);
int live(const LiveOptions& options, const Console& console);
int practice(const PracticeOptions& options, const Console& console);
int replay_alerts(const ReplayAlertsOptions& options, const Console& console);
int list_devices(const DevicesOptions& options, const Console& console);
int model_info(const ModelInfoOptions& options, const Console& console);
int model_verify(const ModelVerifyOptions& options, const Console& console);
int model_compare(const ModelCompareOptions& options, const Console& console);
int serve(const ServeOptions& options, const Console& console);
int verify_audit(const AuditVerifyOptions& options, const Console& console);
int add_person(const PeopleAddOptions& options, const Console& console);
int list_people(const PeopleListOptions& options, const Console& console);
int renew_password(const PeoplePasswordOptions& options, const Console& console);
int print_config(const ConfigOptions& options, const Console& console);

/// Each tells why, and returns the status.
int fail(const Console& console, const Error& error);
int interrupted(const Console& console);

}  // namespace tonecue
