namespace Orkestra.Authoring.Compilation;

/// <summary>Times as the language counts them: in whole seconds.</summary>
internal static class Seconds
{
    const int Most = 99_999_999;

    public static int Of(TimeSpan time, string what)
    {
        if (time < TimeSpan.FromSeconds(1) || time.Ticks % TimeSpan.TicksPerSecond != 0 || time > TimeSpan.FromSeconds(Most))
            throw new WorkflowException($"{what} is {time:c}, but the Amazon States Language counts whole seconds from 1 to {Most}: choose such a time.");
        return (int)time.TotalSeconds;
    }
}
