package dev.weir.proxy.walls.planted.path;

import com.graphhopper.util.shapes.GHPoint;

record SeesTheEngine(GHPoint point) {}
