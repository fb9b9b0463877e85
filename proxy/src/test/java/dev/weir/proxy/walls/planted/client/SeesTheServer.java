package dev.weir.proxy.walls.planted.client;

import dev.weir.proxy.walls.planted.path.SeesNothing;

public record SeesTheServer(SeesNothing server) {}
