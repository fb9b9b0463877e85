package dev.weir.benchmarks.peers;

import com.alibaba.csp.sentinel.Entry;
import com.alibaba.csp.sentinel.EntryType;
import com.alibaba.csp.sentinel.SphU;
import com.alibaba.csp.sentinel.slots.block.BlockException;
import com.alibaba.csp.sentinel.slots.block.RuleConstant;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRule;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRuleManager;
import dev.weir.benchmarks.peers.ThreadPerRequest.Limiter;
import java.nio.file.Path;
import java.util.List;

/** Alibaba's Sentinel with a rule on the number of threads. Its rules are global to the process. */
final class Sentinel implements Limiter {

  private static final String RESOURCE = "engine";

  private Sentinel() {}

  /** Keeps its logs, which would go to the user's home, in a directory; before its first use. */
  static void logTo(Path directory) {
    System.setProperty("csp.sentinel.log.dir", directory.toString());
  }

  static Sentinel threads(int processors) {
    FlowRule rule = new FlowRule(RESOURCE).setGrade(RuleConstant.FLOW_GRADE_THREAD);
    FlowRuleManager.loadRules(List.of(rule.setCount(processors)));
    return new Sentinel();
  }

  @Override
  public void pass(Ask ask) {
    try (Entry entry = SphU.entry(RESOURCE, EntryType.IN)) {
      ask.compute();
    } catch (BlockException full) {
      ask.refuse();
    }
  }
}
