using Orkestra.Deployment;

namespace Orkestra.Cdk;

/// <summary>What cannot be deployed is said by the exception of this package.</summary>
internal static class Refusals
{
    /// <exception cref="SynthesisException">It cannot be deployed.</exception>
    public static T Of<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DeploymentException problem)
        {
            throw new SynthesisException(problem.Message, problem);
        }
    }

    /// <exception cref="SynthesisException">It cannot be deployed.</exception>
    public static void Of(Action work) => Of(() =>
    {
        work();
        return true;
    });
}
