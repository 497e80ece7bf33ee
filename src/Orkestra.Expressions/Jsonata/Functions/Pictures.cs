using Orkestra.Expressions.Formatting;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>Uses picture strings: counts what that costs, and turns what is wrong with one into an error of the expression.</summary>
internal static class Pictures
{
    // Analysing a picture takes time that grows with the square of its length.
    const int Longest = 2048;

    internal static T Use<T>(Run run, string? picture, string? text, Func<T> work)
    {
        if (picture is not null)
        {
            if (picture.Length > Longest) throw new JsonataException("U1010", value: Longest);
            run.Step(1 + picture.Length + (picture.Length * picture.Length / 64));
            run.Charge(64 + (picture.Length * 8L));
        }

        if (text is not null)
        {
            run.Step(1 + (text.Length >> 2));
            run.CheckScratch(text.Length * 8L);
        }

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
