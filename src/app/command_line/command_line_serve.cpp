#include "command_groups.h"
#include "command_options.h"

namespace tonecue {

void add_serve(CommandList commands, ServeOptions& options) {
  CLI::App& command = add_command(
      commands, "serve", "Serve the supervisors' review pages",
      "Calls, people and settings of the pages lie in one folder, which is made where it is\n"
      "missing. The first start makes the person 'admin' and tells the password once. Other\n"
      "machines are let in only with TLS. Ctrl-C ends it. docs/serve.md tells how to set it up.\n\n"
      "Examples:\n"
      "  tonecue serve --data calls/\n"
      "  tonecue serve --data calls/ --watch /srv/recorder --address 10.0.0.5\n"
      "      --tls-certificate server.pem --tls-key server.key",
      options);
  command.add_option("--data", options.folder, "The folder of the store")
      ->required()
      ->type_name("DIR");
  command.add_option("--port", options.port, "Of the pages; 0: any free one (default: 8443)")
      ->check(is_number_in(0, 65535, "port from 0 to 65535"))
      ->type_name("N");
  command
      .add_option("--address", options.address,
                  "Of this machine, a number (default: 127.0.0.1, this machine alone)")
      ->type_name("IP");
  CLI::Option* certificate =
      command.add_option("--tls-certificate", options.tls_certificate, "PEM, with its issuers")
          ->type_name("FILE");
  CLI::Option* key = command.add_option("--tls-key", options.tls_key, "PEM, without a passphrase")
                         ->type_name("FILE")
                         ->needs(certificate);
  certificate->needs(key);
  command
      .add_option("--watch", options.watch,
                  "Analyse what a recorder puts into this folder; may be repeated")
      ->type_name("DIR");
  command.add_flag("--keep-audio", options.keep_audio, "Keep the sound of calls too");
  command.add_flag("--allow-plain-http", options.allow_plain_http,
                   "Let other machines in without TLS; passwords then travel open");
  add_config_file(command, options.config);
}

void add_audit_verify(CommandList commands, AuditVerifyOptions& options) {
  CLI::App& command =
      add_command(commands, "verify", "Check that nothing was changed in the log",
                  "Tells the hash of the newest entry; written down elsewhere and\n"
                  "given with --head later, it shows that the log was not cut off.\n"
                  "Status 1 when the log does not fit.\n\n"
                  "Example:\n"
                  "  tonecue audit verify calls/",
                  options);
  command.add_option("DIR", options.folder, "The folder of the store")->required();
  command.add_option("--head", options.head, "A hash that was written down earlier")
      ->type_name("HASH");
}

void add_people_add(CommandList commands, PeopleAddOptions& options) {
  CLI::App& command =
      add_command(commands, "add", "Let somebody sign in",
                  "The password is made here and told once; the person changes it\n"
                  "when they first sign in.\n\n"
                  "Example:\n"
                  "  tonecue people add calls/ jo --name \"Jo Park\" --team billing",
                  options);
  command.add_option("DIR", options.folder, "The folder of the store")->required();
  command.add_option("LOGIN", options.login, "What they sign in with")->required();
  command.add_option("--name", options.name, "For people (default: the agent name, or the login)")
      ->type_name("TEXT");
  command.add_option("--role", options.role, "agent, supervisor (default) or admin")
      ->check(CLI::IsMember({"agent", "supervisor", "admin"}))
      ->type_name("ROLE");
  command.add_option("--agent-name", options.agent, "As calls name them, who take calls")
      ->type_name("TEXT");
  command.add_option("--team", options.teams, "Whose calls they see; may be repeated")
      ->type_name("TEXT");
}

void add_people_list(CommandList commands, PeopleListOptions& options) {
  CLI::App& command = add_command(commands, "list", "Show who may sign in",
                                  "Example:\n"
                                  "  tonecue people list calls/",
                                  options);
  command.add_option("DIR", options.folder, "The folder of the store")->required();
}

void add_people_password(CommandList commands, PeoplePasswordOptions& options) {
  CLI::App& command =
      add_command(commands, "password", "Give somebody a new password",
                  "It is made here and told once; the person changes it when they next sign in.\n"
                  "Who was signed in is signed out.\n\n"
                  "Example:\n"
                  "  tonecue people password calls/ admin",
                  options);
  command.add_option("DIR", options.folder, "The folder of the store")->required();
  command.add_option("LOGIN", options.login, "Who")->required();
}

}  // namespace tonecue
