namespace Orkestra.Authoring.Lowering;

/// <summary>How tightly JSONata's operators bind; higher binds tighter.</summary>
internal static class Precedence
{
    public const int Conditional = 20;
    public const int Or = 25;
    public const int And = 30;
    public const int Comparison = 40;
    public const int Additive = 50;
    public const int Multiplicative = 60;
    public const int Negation = 70;
    public const int Path = 75;
    public const int Index = 80;
    public const int Atom = 100;
}
