package dev.weir.proxy.walls.planted.admit;

import dev.weir.proxy.walls.planted.dispatch.SeesItBack;

public record SeesAnotherStep(SeesItBack other) {}
