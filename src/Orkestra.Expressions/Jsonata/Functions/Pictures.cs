using Orkestra.Expressions.Formatting;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>Turns what picture strings complain of into errors of the expression.</summary>
internal static class Pictures
{
    internal static T Use<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (PictureException problem)
        {
            throw new JsonataException(problem.Code, value: problem.Value, inner: problem);
        }
    }
}
