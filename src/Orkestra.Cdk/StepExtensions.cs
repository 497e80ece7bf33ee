using Amazon.CDK.AWS.Lambda;
using Constructs;
using Orkestra.Authoring;
using Orkestra.Cdk.Composition;
using Orkestra.Cdk.Functions;

namespace Orkestra.Cdk;

/// <summary>Deploys steps.</summary>
public static class StepExtensions
{
    /// <summary>The Lambda function of a step. A scope holds it once: asking again gives the same.</summary>
    /// <param name="step">The step.</param>
    /// <param name="scope">Where it belongs.</param>
    /// <param name="props">How it is deployed; with the step's own options and the defaults of <see cref="StepFunctionProps"/> when null.</param>
    /// <exception cref="SynthesisException">It cannot be packaged.</exception>
    public static Function Function(this IStep step, Construct scope, StepFunctionProps? props = null)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(scope);
        return FunctionMaker.Make(scope, step, props);
    }

    /// <summary>A step as a task of a chain of CDK states: <c>wait &gt;&gt; step.Task(this) &gt;&gt; succeed</c>.</summary>
    /// <param name="step">The step.</param>
    /// <param name="scope">Where the task and the function belong.</param>
    /// <param name="props">How; with the step's own options and the defaults of <see cref="StepTaskProps"/> when null.</param>
    /// <exception cref="SynthesisException">It cannot be packaged.</exception>
    public static StepTask Task(this IStep step, Construct scope, StepTaskProps? props = null)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(scope);
        return StepTasks.Make(scope, step, props ?? new StepTaskProps());
    }
}
