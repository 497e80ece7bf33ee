using Orkestra.Authoring.Functions;

namespace Orkestra.Authoring.Compilation;

/// <summary>What AWS Lambda refuses in the settings of a function, which a deployment would only find out at its end.</summary>
internal static class FunctionLimits
{
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    const int LeastMemory = 128;
    const int MostMemory = 10_240;

    /// <summary>The most characters of a description (https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html).</summary>
    public const int LongestDescription = 256;

    /// <summary>Why Lambda would not take the function of a step, as a sentence; null when it would.</summary>
    public static string? Problem(StepMetadata step)
    {
        if (step.Memory is < LeastMemory or > MostMemory) return $"The step '{step.Name}' has Memory = {step.Memory}, but a Lambda function has {LeastMemory} to {MostMemory} MB.";
        if (step.Description is { Length: > LongestDescription } description)
            return $"The description of step '{step.Name}' has {description.Length} characters, but that of a Lambda function has at most {LongestDescription}: shorten it.";
        if (step.Timeout is { } timeout && step.Heartbeat is { } heartbeat && heartbeat >= timeout)
            return $"The heartbeat of step '{step.Name}' is {heartbeat}, but it must be shorter than the step's timeout of {timeout}.";
        if (step is { Heartbeat: not null, Host: StepHost.Lambda })
            return $"Step '{step.Name}' has a Heartbeat, but Lambda functions send none, so the step would fail after that time: set its Timeout instead, or run it in a worker with Host = StepHost.Worker. A heartbeat of a callback is an argument of .WaitForCallback.";
        return FunctionEnvironment.FindProblem(step.Name, step.Environment);
    }
}
