namespace Orkestra.Expressions.Jsonata.Service;

/// <summary>The first number of <c>java.util.Random</c>, whose algorithm its documentation fixes.</summary>
internal static class JavaRandom
{
    const long Multiplier = 0x5DEECE66D;
    const long Mask = (1L << 48) - 1;

    /// <summary><c>new Random(seed).nextDouble()</c>.</summary>
    internal static double NextDouble(long seed)
    {
        var state = (seed ^ Multiplier) & Mask;
        var high = (long)Next(ref state, 26) << 27;
        return (high + Next(ref state, 27)) * (1.0 / (1L << 53));
    }

    static int Next(ref long state, int bits)
    {
        state = ((state * Multiplier) + 0xB) & Mask;
        return (int)(state >> (48 - bits));
    }
}
