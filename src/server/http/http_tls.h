/// @file
/// The certificate by which browsers know this server.
#pragma once

#include <openssl/types.h>

#include "tonecue/core/result.h"
#include "tonecue/server/http_server.h"

namespace tonecue {

/// TLS 1.2 and 1.3 with this certificate and key.
/// @return As HttpServer::create().
Result<void> set_up_tls(SSL_CTX* context, const TlsFiles& files);

}  // namespace tonecue
