/// @file
/// tonecue/store/text_check.h, for the sources of this module.
#pragma once

#include "tonecue/store/text_check.h"
