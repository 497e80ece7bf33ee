namespace Orkestra.Deployment;

/// <summary>How functions and state machines are deployed when nothing else is said.</summary>
internal static class FunctionDefaults
{
    /// <summary>Memory in MiB. A .NET function with less gets so little processor that its start takes seconds.</summary>
    public const int Memory = 512;

    public const int TimeoutSeconds = 60;

    /// <summary>The number of days to keep logs.</summary>
    public const int LogDays = 30;

    public const string NativeRuntime = "provided.al2023";

    public const string ManagedRuntime = "dotnet10";

    // What Orkestra.Lambda reads, by its FunctionVariables; that package is for the function, not for what deploys it.
    public const string StepVariable = "ORKESTRA_STEP";

    public const string ObservabilityVariable = "ORKESTRA_OBSERVABILITY";

    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
    const int LeastMemory = 128;
    const int MostMemory = 10_240;
    const int LongestTimeoutSeconds = 900;

    /// <summary>Refuses memory that Lambda does not take.</summary>
    /// <exception cref="DeploymentException">It is too little or too much.</exception>
    public static void CheckMemory(string step, double memory)
    {
        if (memory is < LeastMemory or > MostMemory)
            throw new DeploymentException($"The function of the step '{step}' has {memory} MB of memory, but Lambda takes {LeastMemory} to {MostMemory} MB: change Memory of the step or MemorySize of the function.");
    }

    /// <summary>Refuses a timeout that Lambda does not take.</summary>
    /// <exception cref="DeploymentException">It is too short or too long.</exception>
    public static void CheckTimeout(string step, double seconds)
    {
        if (seconds is < 1 or > LongestTimeoutSeconds)
            throw new DeploymentException($"The function of the step '{step}' has a timeout of {seconds} seconds, but Lambda takes 1 to {LongestTimeoutSeconds}: change Timeout of the function, or split the step.");
    }

    /// <summary>The timeout of a step's function in seconds; null when the step says none.</summary>
    /// <exception cref="DeploymentException">Lambda does not run for so long.</exception>
    public static double? SecondsOf(string step, TimeSpan? timeout)
    {
        if (timeout is not { } time) return null;
        return time.TotalSeconds <= LongestTimeoutSeconds
            ? Math.Ceiling(time.TotalSeconds)
            : throw new DeploymentException($"The step '{step}' has a timeout of {time}, but a function runs for at most 15 minutes: shorten it, or give the function a Timeout of its own.");
    }

    public static string DescriptionOf(string workflow) => $"A step of {workflow}";
}
