using Orkestra.Engine;
using Orkestra.Hosting.Integrations;

namespace Orkestra.Hosting.TestState;

/// <summary>
/// Tests a single state as the service's TestState does (https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html): the state is evaluated
/// with an input, its work is done or mocked, and what became of the data can be looked at step by step. It may be used by many threads.
/// </summary>
/// <param name="invoker">Carries out Task states that are not mocked; when null these fail.</param>
/// <param name="timeProvider">The clock; the system's when null.</param>
public sealed class StateTester(ITaskInvoker? invoker = null, TimeProvider? timeProvider = null)
{
    /// <summary>Where the test seems to run: partition, region and account of the Context Object. Its name is not used; every test has one of its own.</summary>
    public MachineIdentity Machine { get; init; } = new();

    /// <summary>How HTTP tasks are carried out that are not mocked and that the invoker does not answer; null (the default) means that they fail.</summary>
    public HttpTaskOptions? Http { get; init; }

    /// <summary>Tests a state.</summary>
    /// <param name="request">The state, its input, and what else it meets.</param>
    /// <param name="cancellationToken">Ends the test.</param>
    /// <exception cref="StateTestException">The service would refuse the request.</exception>
    public async Task<StateTestResult> TestAsync(StateTestRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var tested = TestedState.Find(request.Definition, request.StateName);
        var mockResult = RequestRules.Check(request, tested.State);
        var run = new StateTestRun(request, tested, mockResult, invoker, Http, timeProvider ?? TimeProvider.System, Machine);
        return await run.RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
