using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Local;

/// <summary>How a <see cref="StepFunctionsService"/> appears to its callers, and where it keeps what it knows. Do not change options that a service uses.</summary>
public sealed record StepFunctionsOptions
{
    static readonly MachineIdentity Defaults = new();

    /// <summary>The account in ARNs; twelve zeros by default, as workflows have that run in this process.</summary>
    public string AccountId { get; set; } = Defaults.AccountId;

    /// <summary>The region in ARNs; <c>us-east-1</c> by default.</summary>
    public string Region { get; set; } = Defaults.Region;

    /// <summary>The partition in ARNs; <c>aws</c> by default.</summary>
    public string Partition { get; set; } = Defaults.Partition;

    /// <summary>
    /// Keeps state machines, versions, aliases, activities and tags. When null, the default, they live as long as the service. Executions are kept by the runtime's own
    /// store (<see cref="Hosting.OrkestraOptions.Store"/>).
    /// </summary>
    public ICatalogStore? Catalog { get; set; }

    /// <summary>
    /// Receives the log records of executions whose state machine has a <c>loggingConfiguration</c>: the ARN of the log group, and the record in the shape CloudWatch Logs
    /// receives it. Null, the default, writes none. It is called on the thread that runs the execution, must be quick and must not throw; <see cref="LogFile"/> is one.
    /// </summary>
    public Action<string, JsonObject>? WriteLog { get; set; }

    /// <summary>The seed of the choices aliases make by weight: with the same seed, the same starts choose the same versions. A new one when null, the default.</summary>
    public ulong? Seed { get; set; }

    /// <summary>
    /// Mocked test cases, as in Step Functions Local: an execution that is started with <c>ARN#TestCase</c> has its tasks handled by the invoker this gives for the name of
    /// the state machine and of the test case. Null, the default, disables test cases. The service forgets the invoker at a restart.
    /// </summary>
    /// <exception cref="ArgumentException">Thrown by the function when there is no such test case; the start is refused with its message.</exception>
    public Func<string, string, ITaskInvoker>? TestCases { get; set; }

    /// <summary>What the time of Wait states is multiplied with (<see cref="ExecutionQuotas.WaitTimeScale"/>); 1 by default.</summary>
    public double WaitTimeScale { get; set; } = 1;

    /// <summary>How long GetActivityTask waits for a task; 60 seconds of real time by default, as on AWS.</summary>
    public TimeSpan ActivityPoll { get; set; } = TimeSpan.FromSeconds(60);
}
