namespace Orkestra.Authoring.Compilation;

/// <summary>Times as the language counts them: in whole seconds.</summary>
internal static class Seconds
{
    const int Most = 99_999_999;

    public static int Of(TimeSpan time, string what)
    {
        if (time < TimeSpan.FromSeconds(1) || time.Ticks % TimeSpan.TicksPerSecond != 0 || time > TimeSpan.FromSeconds(Most))
            throw new WorkflowException($"{what} is {time:c}, but it must be a whole number of seconds between 1 and {Most}.");
        return (int)time.TotalSeconds;
    }
}
