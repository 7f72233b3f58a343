#!/usr/bin/env node

import { execute } from '@oclif/core';

// Not awaited, as in run.js.
void execute({ development: true, dir: import.meta.url });
