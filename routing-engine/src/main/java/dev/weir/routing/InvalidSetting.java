package dev.weir.routing;

/** A setting that must not exist. Thrown while settings are made, so before anything is started. */
public final class InvalidSetting extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final String setting;
  private final String complaint;

  /**
   * @param setting its name as an operator writes it
   * @param complaint the rest of the sentence that begins with the name
   */
  public InvalidSetting(String setting, String complaint) {
    super(setting + " " + complaint);
    this.setting = setting;
    this.complaint = complaint;
  }

  public String setting() {
    return setting;
  }

  public String complaint() {
    return complaint;
  }
}
