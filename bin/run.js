#!/usr/bin/env node

import { execute } from '@oclif/core';

// Not awaited: with a pipe whose reader has gone (`| head -1`) it never ends, and Node would warn of that.
void execute({ dir: import.meta.url });
