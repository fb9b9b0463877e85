package dev.weir.chaos.scenario;

/**
 * What is held of a failure beforehand, in sentences.
 *
 * @param steadyState how things are before
 * @param fault what goes wrong
 * @param expectation what is to become of it meanwhile
 * @param recovery what is to become of it afterwards
 */
public record Story(String steadyState, String fault, String expectation, String recovery) {}
