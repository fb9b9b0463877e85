package dev.weir.proxy.walls.planted.dispatch;

import dev.weir.proxy.walls.planted.admit.SeesAnotherStep;
import java.util.List;

public record SeesItBack(List<SeesAnotherStep> others) {}
