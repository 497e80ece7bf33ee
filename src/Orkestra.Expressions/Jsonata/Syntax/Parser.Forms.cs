using System.Text;
using Orkestra.Expressions.Jsonata.Functions;

namespace Orkestra.Expressions.Jsonata.Syntax;

/// <summary>The forms with brackets.</summary>
internal sealed partial class Parser
{
    SyntaxNode Block(Token open)
    {
        var block = new SyntaxNode(SyntaxKind.Block, open.Text, open.Position);
        while (!token.Is(")"))
        {
            block.AddItem(Expression(0));
            if (!Skip(";")) break;
        }

        Expect(")", afterOperand: true);
        return block;
    }

    SyntaxNode ArrayConstructor(Token open)
    {
        var array = new SyntaxNode(SyntaxKind.Array, open.Text, open.Position);
        if (!token.Is("]"))
        {
            do
            {
                var item = Expression(0);
                if (token.Is(".."))
                {
                    var range = new SyntaxNode(SyntaxKind.Binary, "..", token.Position) { Left = item };
                    Advance();
                    range.Right = Expression(0);
                    item = range;
                }

                array.AddItem(item);
            }
            while (Skip(","));
        }

        Expect("]", afterOperand: true);
        return array;
    }

    GroupingSyntax Pairs(Token open)
    {
        var pairs = new List<(SyntaxNode, SyntaxNode)>();
        if (!token.Is("}"))
        {
            do
            {
                var key = Expression(0);
                Expect(":");
                pairs.Add((key, Expression(0)));
            }
            while (Skip(","));
        }

        Expect("}", afterOperand: true);
        return new GroupingSyntax(pairs, open.Position);
    }

    SyntaxNode Transform(Token open)
    {
        var transform = new SyntaxNode(SyntaxKind.Transform, open.Text, open.Position) { Left = Expression(0) };
        Expect("|");
        transform.Right = Expression(0);
        if (Skip(",")) transform.Third = Expression(0);
        Expect("|");
        return transform;
    }

    SyntaxNode Predicate(SyntaxNode left, Token open)
    {
        if (token.Is("]"))
        {
            // An empty predicate keeps a singleton an array; it belongs to the step before all predicates.
            var step = left;
            while (step.IsBinary("[")) step = step.Left!;
            step.KeepArray = true;
            Advance();
            return left;
        }

        var predicate = new SyntaxNode(SyntaxKind.Binary, open.Text, open.Position) { Left = left, Right = Expression(PredicateEnd) };
        Expect("]", afterOperand: true);
        return predicate;
    }

    SyntaxNode OrderBy(SyntaxNode left, Token op)
    {
        Expect("(");
        var terms = new List<SortTerm>();
        do
        {
            var descending = token.Is(">");
            if (descending || token.Is("<")) Advance();
            terms.Add(new SortTerm(Expression(0), descending));
        }
        while (Skip(","));
        Expect(")");
        return new SyntaxNode(SyntaxKind.Binary, op.Text, op.Position) { Left = left, Terms = terms };
    }

    SyntaxNode Binding(SyntaxNode left, Token op, int power)
    {
        var variable = Expression(power);
        if (variable.Kind != SyntaxKind.Variable) throw new JsonataException("S0214", variable.Position, op.Text);
        return new SyntaxNode(SyntaxKind.Binary, op.Text, op.Position) { Left = left, Right = variable };
    }

    SyntaxNode Call(SyntaxNode left, Token open)
    {
        var call = new SyntaxNode(SyntaxKind.Function, open.Text, open.Position) { Left = left };
        if (!token.Is(")"))
        {
            do
            {
                if (token.Is("?"))
                {
                    call.Kind = SyntaxKind.Partial;
                    call.AddItem(new SyntaxNode(SyntaxKind.Operator, token.Text, token.Position));
                    Advance();
                }
                else
                {
                    call.AddItem(Expression(0));
                }
            }
            while (Skip(","));
        }

        Expect(")", afterOperand: true);
        return left is { Kind: SyntaxKind.Name, Text: "function" or "λ" } ? Lambda(call) : call;
    }

    SyntaxNode Lambda(SyntaxNode call)
    {
        for (var i = 0; i < call.Items.Count; i++)
        {
            if (call.Items[i].Kind != SyntaxKind.Variable) throw new JsonataException("S0208", call.Items[i].Position, call.Items[i].Text, i + 1);
        }

        call.Kind = SyntaxKind.Lambda;
        if (token.Is("<")) call.Signature = ReadSignature();
        Expect("{");
        call.Left = Expression(0);
        Expect("}");
        return call;
    }

    Signature ReadSignature()
    {
        var start = token.Position;
        var signature = new StringBuilder("<");
        for (var depth = 1; depth > 0 && !token.Is("{") && token.Kind != TokenKind.End;)
        {
            Advance();
            if (token.Is(">")) depth--;
            if (token.Is("<")) depth++;
            signature.Append(token.Text);
        }

        Expect(">");
        return Signature.Parse(signature.ToString(), start);
    }
}
