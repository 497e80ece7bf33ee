namespace Orkestra.Authoring;

/// <summary>Where a step runs when its workflow is deployed. In this process, and in tests, it makes no difference.</summary>
public enum StepHost
{
    /// <summary>A Lambda function.</summary>
    Lambda,

    /// <summary>
    /// An activity of Step Functions (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-activities.html), done by worker processes that ask for work: in containers, on premises, with a GPU, for
    /// longer than the 15 minutes of a function. A worker is a .NET host with <c>AddOrkestraWorker</c> (package Orkestra.Extensions.Hosting). An Express state machine has no activities.
    /// </summary>
    Worker,
}
