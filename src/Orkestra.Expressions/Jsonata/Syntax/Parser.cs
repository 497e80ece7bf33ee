using System.Runtime.CompilerServices;

namespace Orkestra.Expressions.Jsonata.Syntax;

/// <summary>Reads an expression by operator precedence (Vaughan Pratt's top-down method).</summary>
internal sealed partial class Parser
{
    const int PredicateEnd = 0;

    // How far a chain of left-associative operators may grow, as a multiple of the nesting allowed: it costs less stack.
    const int ChainFactor = 4;

    readonly Tokenizer tokenizer;
    readonly int maxNesting;
    Token token;
    int nesting;

    Parser(string text, int maxNesting)
    {
        tokenizer = new Tokenizer(text);
        this.maxNesting = maxNesting;
    }

    internal static SyntaxNode Parse(string text, int maxNesting)
    {
        var parser = new Parser(text, maxNesting);
        parser.Advance();
        var root = parser.Expression(0);
        if (parser.token.Kind != TokenKind.End) throw new JsonataException("S0201", parser.token.Position, parser.token.Text);
        return root;
    }

    void Advance(bool afterOperand = false)
    {
        token = tokenizer.Next(afterOperand);
        if (token is { Kind: TokenKind.Operator, Text: "!" or "~" }) throw new JsonataException("S0204", token.Position, token.Text);
    }

    void Expect(string op, bool afterOperand = false)
    {
        if (!token.Is(op))
        {
            throw new JsonataException(token.Kind == TokenKind.End ? "S0203" : "S0202", token.Position, token.Text, op);
        }

        Advance(afterOperand);
    }

    bool Skip(string op)
    {
        if (!token.Is(op)) return false;
        Advance();
        return true;
    }

    SyntaxNode Expression(int rightPower)
    {
        if (++nesting > maxNesting) throw TooDeep();
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var first = token;
        Advance(afterOperand: true);
        var left = Prefix(first);
        while (token.Kind == TokenKind.Operator && PowerOf(token.Text) is var power && rightPower < power)
        {
            var op = token;
            Advance();
            left = Infix(left, op, power);
            left.Height = 1 + Math.Max(left.Left?.Height ?? 0, Math.Max(left.Right?.Height ?? 0, left.Third?.Height ?? 0));
            if (left.Height > maxNesting * ChainFactor) throw TooDeep();
        }

        nesting--;
        return left;
    }

    // How strongly an operator binds to what stands on its left; 0 for anything but an infix operator.
    static int PowerOf(string op) => op switch
    {
        "(" or "[" or "@" or "#" => 80,
        "." => 75,
        "{" => 70,
        "*" or "/" or "%" => 60,
        "+" or "-" or "&" => 50,
        "=" or "<" or ">" or "!=" or "<=" or ">=" or "^" or "~>" or "?:" or "??" or "in" => 40,
        "and" => 30,
        "or" => 25,
        "?" => 20,
        ":=" => 10,
        _ => 0,
    };

    JsonataException TooDeep() => new("U1002", token.Position, value: maxNesting);

    SyntaxNode Prefix(Token first)
    {
        switch (first.Kind)
        {
            case TokenKind.Name: return new SyntaxNode(SyntaxKind.Name, first.Text, first.Position);
            case TokenKind.Variable: return new SyntaxNode(SyntaxKind.Variable, first.Text, first.Position);
            case TokenKind.String: return new SyntaxNode(SyntaxKind.String, first.Text, first.Position);
            case TokenKind.Number: return new SyntaxNode(SyntaxKind.Number, first.Text, first.Position) { Number = first.Number };
            case TokenKind.Constant: return new SyntaxNode(SyntaxKind.Constant, first.Text, first.Position);
            case TokenKind.Regex: return new SyntaxNode(SyntaxKind.Regex, first.Text, first.Position);
            case TokenKind.End: return new SyntaxNode(SyntaxKind.Missing, first.Text, first.Position);
        }

        switch (first.Text)
        {
            case "and" or "or" or "in": return new SyntaxNode(SyntaxKind.Operator, first.Text, first.Position);
            case "-": return new SyntaxNode(SyntaxKind.Negation, first.Text, first.Position) { Left = Expression(70) };
            case "*": return new SyntaxNode(SyntaxKind.Wildcard, first.Text, first.Position);
            case "**": return new SyntaxNode(SyntaxKind.Descendant, first.Text, first.Position);
            case "%": return new SyntaxNode(SyntaxKind.Parent, first.Text, first.Position);
            case "(": return Block(first);
            case "[": return ArrayConstructor(first);
            case "{": return new SyntaxNode(SyntaxKind.Object, first.Text, first.Position) { Group = Pairs(first) };
            case "|": return Transform(first);
            default: throw new JsonataException("S0211", first.Position, first.Text);
        }
    }

    SyntaxNode Infix(SyntaxNode left, Token op, int power)
    {
        switch (op.Text)
        {
            case "(": return Call(left, op);
            case "[": return Predicate(left, op);
            case "{": return new SyntaxNode(SyntaxKind.Binary, op.Text, op.Position) { Left = left, Group = Pairs(op) };
            case "^": return OrderBy(left, op);
            case "@" or "#": return Binding(left, op, power);
            case ":=":
                if (left.Kind != SyntaxKind.Variable) throw new JsonataException("S0212", left.Position, left.Text);
                return new SyntaxNode(SyntaxKind.Bind, op.Text, op.Position) { Left = left, Right = Expression(power - 1) };
            case "?":
                var condition = new SyntaxNode(SyntaxKind.Condition, op.Text, op.Position) { Left = left, Right = Expression(0) };
                if (Skip(":")) condition.Third = Expression(0);
                return condition;
            case "?:": return new SyntaxNode(SyntaxKind.Default, op.Text, op.Position) { Left = left, Right = Expression(0) };
            case "??": return new SyntaxNode(SyntaxKind.Coalesce, op.Text, op.Position) { Left = left, Right = Expression(0) };
            case "~>": return new SyntaxNode(SyntaxKind.Apply, op.Text, op.Position) { Left = left, Right = Expression(power) };
            default: return new SyntaxNode(SyntaxKind.Binary, op.Text, op.Position) { Left = left, Right = Expression(power) };
        }
    }
}
