package dev.weir.proxy.walls.planted.compute;

interface PlantedManager {}
