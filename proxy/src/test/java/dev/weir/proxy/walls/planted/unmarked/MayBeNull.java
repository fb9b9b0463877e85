package dev.weir.proxy.walls.planted.unmarked;

interface MayBeNull {}
