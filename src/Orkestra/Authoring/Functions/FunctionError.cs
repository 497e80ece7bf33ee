using Orkestra.Authoring.Compilation;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Functions;

/// <summary>An exception of a step as the error that a Catch or Retry of its workflow matches. Immutable.</summary>
/// <param name="Exception">The exception; of an <see cref="AggregateException"/> the first one inside, as <c>await</c> gives it, unless the workflow names that type.</param>
/// <param name="Name">The name of the error: that of the exception's type, or of the base type that the workflow catches or retries.</param>
/// <param name="Data">The properties of the exception that handlers of the workflow read; null for none.</param>
public sealed record FunctionError(Exception Exception, string Name, JsonObject? Data)
{
    /// <summary>The error of an exception that no workflow names.</summary>
    /// <param name="exception">The exception.</param>
    public static FunctionError Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Of(exception, ExceptionNames.None);
    }

    internal static FunctionError Of(Exception exception, ExceptionNames names)
    {
        var problem = names.Unwrap(exception);
        return new FunctionError(problem, names.NameOf(problem), names.DataOf(problem));
    }
}
