package dev.weir.proxy.walls.planted.config;

import dev.weir.proxy.walls.planted.path.SeesNothing;

record SeesThePath(SeesNothing nothing) {}
