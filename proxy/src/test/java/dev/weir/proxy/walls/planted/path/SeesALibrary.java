package dev.weir.proxy.walls.planted.path;

import org.slf4j.Logger;

record SeesALibrary(Logger logger) {}
