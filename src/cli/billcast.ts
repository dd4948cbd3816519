#!/usr/bin/env node
console.log('billcast')
