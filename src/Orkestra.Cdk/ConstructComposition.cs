using System.Diagnostics.CodeAnalysis;
using Amazon.CDK.AWS.StepFunctions;

namespace Orkestra.Cdk;

/// <summary><c>&gt;&gt;</c> between the constructs of CDK: <c>wait &gt;&gt; task &gt;&gt; succeed</c> is <c>wait.Next(task).Next(succeed)</c>.</summary>
[SuppressMessage("Naming", "CA1708", Justification = "The compiler's names of two extension blocks differ by more than case.")]
public static class ConstructComposition
{
    extension(INextable)
    {
        /// <summary>One state after another.</summary>
        public static Chain operator >>(INextable left, IChainable right)
        {
            ArgumentNullException.ThrowIfNull(left);
            return left.Next(right);
        }
    }

    extension(Chain)
    {
        /// <summary>A state after a chain.</summary>
        public static Chain operator >>(Chain left, IChainable right)
        {
            ArgumentNullException.ThrowIfNull(left);
            return left.Next(right);
        }
    }
}
