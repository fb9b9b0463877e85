package dev.weir.proxy.walls.planted.path;

public record SeesNothing(int number) {}
